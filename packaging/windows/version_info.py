"""What Windows shows of the programs under Properties, Details."""

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

BRITISH, UNICODE = 0x0809, 1200


def version_info(version: str, name: str, does: str) -> VSVersionInfo:
    """The resource for one program; `does` is what the list of running programs calls it."""
    numbers = (*(int(part) for part in version.split(".")), 0, 0, 0, 0)[:4]
    words = {
        "CompanyName": "HMIP Desktop",
        "FileDescription": does,
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{name}.exe",
        "ProductName": "HMIP Desktop",
        "ProductVersion": version,
    }
    table = StringTable(
        f"{BRITISH:04X}{UNICODE:04X}", [StringStruct(key, text) for key, text in words.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [BRITISH, UNICODE])]),
        ],
    )
