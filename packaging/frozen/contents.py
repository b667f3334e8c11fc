"""What goes into the frozen program and what stays outside.

Read by the spec, which leaves out, and by `check.py`, which fails on what is there all the same.
"""

import re

# Modules that a library could bring and nobody here uses. `readline` is under the GPL alone.
LEFT_OUT = [
    *(f"PySide6.Qt{name}" for name in ("Qml", "Quick", "Network", "OpenGL", "OpenGLWidgets")),
    *(f"PySide6.Qt{name}" for name in ("WebEngineCore", "Test", "Sql", "Xml", "DBus")),
    *("tkinter", "pip", "setuptools", "pytest", "hypothesis", "numpy", "PIL", "IPython"),
    *("pygments", "chardet", "attr", "tzdata"),
    *("lxml.html", "lxml.objectify", "lxml.isoschematron", "lxml.doctestcompare"),
    *("readline", "ssl", "_ssl", "curses", "pdb", "doctest", "pydoc", "unittest", "xmlrpc"),
    *("asyncio", "multiprocessing"),
]

# Qt's plugins that a desktop program of widgets never loads: kiosks, consoles, game pads, OpenGL,
# GTK's looks, and pictures other than PNG, SVG and ICO.
_PLUGINS = re.compile(
    r"/plugins/(egldeviceintegrations|generic|wayland-graphics-integration-client|xcbglintegrations"
    r"|networkinformation|tls|position|sqldrivers"
    r"|platforms/\w*q(eglfs|linuxfb|minimal|minimalegl|vkkhrdisplay|vnc|direct2d)\W"
    r"|platformthemes/\w*qgtk3"
    r"|imageformats/\w*q(gif|icns|jpeg|pdf|tga|tiff|wbmp|webp)\W"
    r"|wayland-shell-integration/lib(fullscreen-shell-v1|ivi-shell|qt-shell|wl-shell-plugin))"
)
_QT = re.compile(
    r"(lib|/)Qt6?(Egl\w+|Network|OpenGL|WlShellIntegration|Pdf|Qml|Quick)\b|/opengl32sw\.dll$"
)

# Libraries that belong to the system: they speak to its drivers, its fonts, its printers and its
# screen, and must be the system's own. `packaging/linux/needs` names the packages.
_SYSTEM = re.compile(
    r"^lib(EGL|GL|X11|X11-xcb|xcb|Xau|Xdmcp|Xext|Xrender|bsd|md|fontconfig|freetype|png16|expat"
    r"|brotli\w+|glib-2\.0|gthread-2\.0|gio-2\.0|gobject-2\.0|gmodule-2\.0|pcre2-8|dbus-1|systemd"
    r"|cap|gcrypt|gpg-error|lz4|zstd|z|stdc\+\+|gcc_s|cups|gnutls|hogweed|nettle|idn2|unistring"
    r"|tasn1|p11-kit|gmp|avahi-\w+|krb5\w*|gssapi_krb5|k5crypto|com_err|keyutils|selinux|mount"
    r"|blkid|gdk_pixbuf-2\.0|cairo|cairo-gobject|pango\w*-1\.0|pixman-1|harfbuzz|fribidi|thai"
    r"|datrie|graphite2|atk-1\.0|jpeg|readline|tinfo|ssl|xcb-glx|drm)\.so"
)

# pyxform's checker in Java, and Qt's words in languages that the program does not speak: its own
# are in `resources/locale`.
_DATA = re.compile(r"(/translations/|ODK_Validate|/validators/.*\.(jar|zip)$)")


def belongs(place: str) -> bool:
    """Whether a file belongs into the program, by its place in the folder."""
    path = "/" + place.replace("\\", "/")
    name = path.rpartition("/")[2]
    unwanted = (_PLUGINS.search(path), _QT.search(path), _DATA.search(path), _SYSTEM.match(name))
    return not any(unwanted)
