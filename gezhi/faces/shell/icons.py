"""The one icon set: drawn on a 24-pixel grid, stroke 1.75, round ends, no fill unless said.

Each value is the inside of an `<svg>`; `{% icon "name" %}` wraps it. An icon stands beside a word
or carries a label; it never speaks alone.
"""

ICONS = {
    # moving about
    "home": '<path d="M4 11.5 12 4.5l8 7"/><path d="M6 10v9.5h12V10"/><path d="M10 19.5V14h4v5.5"/>',
    "inbox": '<path d="M4 13.5 6.5 5h11l2.5 8.5v5.5H4z"/><path d="M4 13.5h4.5l1 2.5h5l1-2.5H20"/>',
    "list": '<path d="M9 6.5h11M9 12h11M9 17.5h11"/><path d="M4.5 6.5h.01M4.5 12h.01M4.5 17.5h.01"/>',
    "grid": '<path d="M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z"/>',
    "search": '<circle cx="10.75" cy="10.75" r="6.25"/><path d="m15.5 15.5 4.5 4.5"/>',
    "filter": '<path d="M4 6h16M7 12h10M10 18h4"/>',
    "settings": (
        '<path d="M4 7.5h9M17 7.5h3M4 16.5h3M11 16.5h9"/>'
        '<circle cx="15" cy="7.5" r="2"/><circle cx="9" cy="16.5" r="2"/>'
    ),
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
    "more": '<path d="M6 12h.01M12 12h.01M18 12h.01" stroke-width="2.5"/>',
    "arrow-left": '<path d="M19.5 12h-15M10.5 5.5 4 12l6.5 6.5"/>',
    "arrow-right": '<path d="M4.5 12h15M13.5 5.5 20 12l-6.5 6.5"/>',
    "chevron-left": '<path d="m14.5 6-6 6 6 6"/>',
    "chevron-right": '<path d="m9.5 6 6 6-6 6"/>',
    "chevron-down": '<path d="m6 9.5 6 6 6-6"/>',
    "close": '<path d="M6 6l12 12M18 6 6 18"/>',
    "keyboard": (
        '<rect x="3" y="6.5" width="18" height="11" rx="2"/>'
        '<path d="M7 10.5h.01M10.3 10.5h.01M13.7 10.5h.01M17 10.5h.01M8.5 14h7"/>'
    ),
    # people and offices
    "user": '<circle cx="12" cy="8" r="3.75"/><path d="M4.75 20a7.25 7.25 0 0 1 14.5 0"/>',
    "users": (
        '<circle cx="9" cy="8.5" r="3.25"/><path d="M2.75 19.5a6.25 6.25 0 0 1 12.5 0"/>'
        '<path d="M15.5 5.5a3.25 3.25 0 0 1 0 6M17.75 14a6.2 6.2 0 0 1 3.5 5.5"/>'
    ),
    "building": (
        '<path d="M5.5 20V5l8-1.5V20M13.5 9.5l5 1V20M3 20h18"/>'
        '<path d="M8.5 8.5h2M8.5 12h2M8.5 15.5h2"/>'
    ),
    "id-card": (
        '<rect x="3.5" y="5.5" width="17" height="13" rx="2"/><circle cx="8.75" cy="11" r="1.75"/>'
        '<path d="M6 15.5a2.9 2.9 0 0 1 5.5 0M14.5 10.25h3M14.5 13.75h3"/>'
    ),
    "phone": (
        '<path d="M8.6 4.5H5.5c-.6 0-1 .5-1 1A14.5 14.5 0 0 0 18.5 19.5c.6 0 1-.5 1-1v-3.1'
        'l-4-1.4-1.6 1.9a11.5 11.5 0 0 1-5.8-5.8L10 8.5z"/>'
    ),
    "chat": '<path d="M4.5 5.5h15v10.5h-8L7 19.75V16H4.5z"/><path d="M8.5 9.25h7M8.5 12.25h4.5"/>',
    "shield": '<path d="M12 3.75 5 6.25v5.5c0 4 2.8 7 7 8.5 4.2-1.5 7-4.5 7-8.5v-5.5z"/>',
    "lock": '<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8.25 10.5V8a3.75 3.75 0 0 1 7.5 0v2.5"/>',
    "log-out": '<path d="M13.5 4.5h-8v15h8"/><path d="M10 12h10.5M16.5 8l4 4-4 4"/>',
    "key": '<circle cx="8" cy="15.5" r="3.75"/><path d="m10.75 12.75 8.25-8.25M15.5 8l3 3"/>',
    "eye": '<path d="M2.75 12S6 5.75 12 5.75 21.25 12 21.25 12 18 18.25 12 18.25 2.75 12 2.75 12z"/><circle cx="12" cy="12" r="2.75"/>',
    "text-size": '<path d="M3 18.5 8.25 6h.5L14 18.5M4.75 14.5h7.5"/><path d="m14.5 18.5 3.25-8h.5l3.25 8M15.75 15.75h4.5"/>',
    "language": '<circle cx="12" cy="12" r="8.25"/><path d="M3.75 12h16.5M12 3.75c4.5 4.6 4.5 11.9 0 16.5-4.5-4.6-4.5-11.9 0-16.5z"/>',
    # place
    "pin": '<path d="M12 20.75s6.75-5.6 6.75-10.75a6.75 6.75 0 0 0-13.5 0c0 5.15 6.75 10.75 6.75 10.75z"/><circle cx="12" cy="10" r="2.5"/>',
    "locate": '<circle cx="12" cy="12" r="6.25"/><path d="M12 2.75v3M12 18.25v3M2.75 12h3M18.25 12h3"/><circle cx="12" cy="12" r="1.25" class="solid"/>',
    "map": '<path d="m3.75 6.5 5.5-2 5.5 2 5.5-2v13l-5.5 2-5.5-2-5.5 2z"/><path d="M9.25 4.5v13M14.75 6.5v13"/>',
    # deeds
    "plus": '<path d="M12 5v14M5 12h14"/>',
    "check": '<path d="m5 12.5 4.75 4.75L19 7.5"/>',
    "edit": '<path d="M4.5 19.5v-3.75L15.75 4.5l3.75 3.75L8.25 19.5z"/><path d="m13 7.25 3.75 3.75"/>',
    "trash": '<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.9 12.5h9.2L17.5 7M10.25 11v5M13.75 11v5"/>',
    "send": '<path d="M20.25 3.75 3.5 10.5l6.75 3.25 3.25 6.75z"/><path d="m20.25 3.75-10 10"/>',
    "take": '<path d="M12 3.75v10M8 10l4 4 4-4"/><path d="M4.5 15v4.5h15V15"/>',
    "return": '<path d="M9 5 4.5 9.5 9 14"/><path d="M4.5 9.5h9.25a5 5 0 0 1 0 10H9"/>',
    "merge": '<path d="M6 4.5v3.25c0 3 6 3.75 6 7V20M18 4.5v3.25c0 3-6 3.75-6 7"/><path d="m8.75 17 3.25 3.25L15.25 17"/>',
    "wrench": '<path d="M14.25 9.75 4.75 19.25M20 7.75a4.75 4.75 0 0 1-6.25 4.5l-2-2A4.75 4.75 0 0 1 16.25 4l-2.25 2.25.5 3.25 3.25.5z"/>',
    "camera": '<path d="M3.75 8h4l1.5-2.5h5.5l1.5 2.5h4v11H3.75z"/><circle cx="12" cy="13" r="3.25"/>',
    "photo": '<rect x="3.75" y="5" width="16.5" height="14" rx="1.5"/><circle cx="8.75" cy="9.75" r="1.5"/><path d="m4 17 4.75-4 3.25 2.75L15.25 12 20 16.25"/>',
    "print": '<path d="M7 9V4.25h10V9M7 16.5H4V9h16v7.5h-3"/><path d="M7 13.75h10v6H7z"/>',
    "download": '<path d="M12 4v11M7.5 10.75 12 15.25l4.5-4.5M4.5 19.5h15"/>',
    "upload": '<path d="M12 15.5v-11M7.5 8.75 12 4.25l4.5 4.5M4.5 19.5h15"/>',
    "copy": '<rect x="8.5" y="8.5" width="11" height="11" rx="1.5"/><path d="M15.5 8.5v-4h-11v11h4"/>',
    "share": '<path d="M12 14.5V4M8 7.75l4-4 4 4"/><path d="M7.5 11H5v9h14v-9h-2.5"/>',
    "refresh": '<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9"/><path d="M19.5 4.25V9h-4.75"/>',
    "me-too": '<path d="M12 19.5S4.5 15.25 4.5 9.75A3.9 3.9 0 0 1 12 8.25a3.9 3.9 0 0 1 7.5 1.5c0 5.5-7.5 9.75-7.5 9.75z"/><path d="M12 11v4.5M9.75 13.25h4.5"/>',
    "bell": '<path d="M6 16.5V10.5a6 6 0 0 1 12 0v6l1.5 1.25h-15z"/><path d="M10 20.25h4"/>',
    "star": '<path d="m12 4 2.45 5.2 5.55.75-4.05 3.9 1 5.65L12 16.75 7.05 19.5l1-5.65L4 9.95l5.55-.75z"/>',
    "qr": '<path d="M4.5 4.5h5.75v5.75H4.5zM13.75 4.5h5.75v5.75h-5.75zM4.5 13.75h5.75v5.75H4.5z"/><path d="M13.75 13.75h2.5v2.5h-2.5zM19.5 13.75v2.5M16.75 19.5h2.75M13.75 19.5h.01"/>',
    # time, risk, done
    "clock": '<circle cx="12" cy="12" r="8.25"/><path d="M12 7.25V12l3.25 2.25"/>',
    "pause": '<circle cx="12" cy="12" r="8.25"/><path d="M10 9v6M14 9v6"/>',
    "calendar": '<rect x="4" y="5.5" width="16" height="14.5" rx="1.5"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4"/>',
    "late": '<path d="M8.5 3.75h7l4.75 4.75v7l-4.75 4.75h-7L3.75 15.5v-7z"/><path d="M12 7.75v5M12 16.25h.01"/>',
    "warning": '<path d="M12 4 2.75 20h18.5z"/><path d="M12 10v4.5M12 17.25h.01"/>',
    "done": '<circle cx="12" cy="12" r="8.25"/><path d="m8.25 12.25 2.6 2.6 5-5.2"/>',
    "info": '<circle cx="12" cy="12" r="8.25"/><path d="M12 11v5M12 7.75h.01"/>',
    "flag": '<path d="M5.5 20.5V4.5h12l-2.25 4.25 2.25 4.25h-12"/>',
    "offline": '<path d="M5 19.5v-4M10.5 19.5V11M16 19.5v-4"/><path d="m14.5 5 5.5 5.5M20 5l-5.5 5.5"/>',
    # things
    "document": '<path d="M6 3.75h8.25L18.5 8v12.25H6z"/><path d="M14 4v4.25h4.25M9 12.5h6.5M9 16h4.5"/>',
    "book": '<path d="M12 6.5C10 5 7.25 4.5 3.75 4.75v13.5c3.5-.25 6.25.25 8.25 1.75 2-1.5 4.75-2 8.25-1.75V4.75C16.75 4.5 14 5 12 6.5zM12 6.5V20"/>',
    "chart": '<path d="M4 20h16M7 20v-6.5M12 20V6M17 20v-9.5"/>',
    "light-bulb": '<path d="M9 16.5c0-1.75-3-3.25-3-6.75a6 6 0 0 1 12 0c0 3.5-3 5-3 6.75zM9.5 19.75h5"/>',
    "leaf": '<path d="M5 19c0-9 5-13.5 14.5-14C20 14 15 19.5 8 17M5 20.5c1-5 3.5-8 7.5-10"/>',
}
