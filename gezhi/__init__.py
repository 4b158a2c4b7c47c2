"""格治 Gezhi: street and community governance by grid."""
