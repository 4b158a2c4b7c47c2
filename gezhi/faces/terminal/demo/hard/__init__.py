"""Cases of the demo that get stuck 难办的事: what they are about, how they go, who does what."""
