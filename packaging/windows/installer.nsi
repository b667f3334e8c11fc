; The installer, for one user and without an administrator. Built by bundle.py with
;   makensis -DVERSION= -DFROZEN= -DICON= -DSIDE= -DOUT= installer.nsi
; Silent: /S; another folder: /D=C:\where (last, without quotes).
; An update from a pack: /AFTER waits two minutes for the program to close, /OPEN opens it at the end.
; Exit status: 0 done; 1 cancelled; 2 refused, the program is open; 3 it could not be written. With 1
; to 3 nothing was changed.

Unicode true
Target amd64-unicode
RequestExecutionLevel user
ManifestDPIAware true
SetCompressor /SOLID lzma

!define NAME "HMIP Desktop"
!define KIND "HMIPDesktop.CaseFile"
!define CLASSES "Software\Classes"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define APP_PATHS "Software\Microsoft\Windows\CurrentVersion\App Paths"
!define IN_USE 2
!define NOT_WRITTEN 3
; Where the new version is unpacked, and where the old one is put until the new one is in its place.
!define COMING "$INSTDIR\coming"
!define GONE "$INSTDIR\gone"
; The setups of this version and of the one before: hmip_desktop/updating/windows.py goes back by them.
!define OWN "$LOCALAPPDATA\${NAME}"
!define UPDATES "${OWN}\updates"
!define HALF_SECONDS 240
; SHChangeNotify(SHCNE_ASSOCCHANGED): the icons of files are drawn anew.
!define TELL_EXPLORER "System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'"

Name "${NAME}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${NAME} ${VERSION}"

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} setup"
VIAddVersionKey /LANG=1033 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\hmip-desktop.exe"
!define MUI_FINISHPAGE_RUN_TEXT "$(RunIt)"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_TEXT "$(OnDesktop)"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RemoveText)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${UNINSTALL}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "Installer Language"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Welsh"
!insertmacro MUI_RESERVEFILE_LANGDLL

LangString FinishText ${LANG_ENGLISH} "${NAME} ${VERSION} is on this computer. From now on it is in the Start menu, and a double click on a case file opens it."
LangString FinishText ${LANG_WELSH} "Mae ${NAME} ${VERSION} ar y cyfrifiadur hwn. O hyn ymlaen mae yn y ddewislen Start, ac mae clic dwbl ar ffeil achos yn ei agor."
LangString OnDesktop ${LANG_ENGLISH} "Put it on the desktop as well"
LangString OnDesktop ${LANG_WELSH} "Ei roi ar y bwrdd gwaith hefyd"
LangString RunIt ${LANG_ENGLISH} "Open ${NAME} now"
LangString RunIt ${LANG_WELSH} "Agor ${NAME} nawr"
LangString WelcomeText ${LANG_ENGLISH} "This puts ${NAME} ${VERSION} on this computer, for you alone; no administrator is needed.$\r$\n$\r$\nAn older version is replaced. Your case files, settings and dated copies stay as they are.$\r$\n$\r$\nPlease close ${NAME} before you go on."
LangString WelcomeText ${LANG_WELSH} "Bydd hyn yn rhoi ${NAME} ${VERSION} ar y cyfrifiadur hwn, i chi yn unig; nid oes angen gweinyddwr.$\r$\n$\r$\nCaiff fersiwn hŷn ei disodli. Bydd eich ffeiliau achos, eich gosodiadau a'ch copïau dyddiedig yn aros fel y maent.$\r$\n$\r$\nCaewch ${NAME} cyn mynd ymlaen."
LangString RemoveText ${LANG_ENGLISH} "${NAME} will be removed from this computer. Your case files stay where they are. So do your settings and the dated copies of case files, in ${OWN}, unless you choose otherwise on the next page."
LangString RemoveText ${LANG_WELSH} "Caiff ${NAME} ei dynnu o'r cyfrifiadur hwn. Bydd eich ffeiliau achos yn aros lle maent. Felly hefyd eich gosodiadau a'r copïau dyddiedig o ffeiliau achos, yn ${OWN}, oni ddewiswch fel arall ar y dudalen nesaf."
LangString OwnAsWell ${LANG_ENGLISH} "Settings and dated copies"
LangString OwnAsWell ${LANG_WELSH} "Gosodiadau a chopïau dyddiedig"
LangString ProgramTold ${LANG_ENGLISH} "The program itself. Your case files stay where they are."
LangString ProgramTold ${LANG_WELSH} "Y rhaglen ei hun. Bydd eich ffeiliau achos yn aros lle maent."
LangString OwnTold ${LANG_ENGLISH} "What the program keeps in ${OWN}: your settings, and encrypted dated copies of case files. Without the copies a case file that is damaged or lost cannot be mended."
LangString OwnTold ${LANG_WELSH} "Yr hyn y mae'r rhaglen yn ei gadw yn ${OWN}: eich gosodiadau, a chopïau dyddiedig wedi'u hamgryptio o ffeiliau achos. Heb y copïau ni ellir trwsio ffeil achos sydd wedi'i difrodi neu ei cholli."
LangString IsOpen ${LANG_ENGLISH} "${NAME} is open. Close it, then choose Retry."
LangString IsOpen ${LANG_WELSH} "Mae ${NAME} ar agor. Caewch ef, yna dewiswch roi cynnig arall arni."
LangString NotWritten ${LANG_ENGLISH} "${NAME} could not be put on this computer: the disk is full, or something holds its files. Nothing was changed. Make room, close what is open, then start this again."
LangString NotWritten ${LANG_WELSH} "Ni ellid rhoi ${NAME} ar y cyfrifiadur hwn: mae'r ddisg yn llawn, neu mae rhywbeth yn dal ei ffeiliau. Ni newidiwyd dim. Gwnewch le, caewch yr hyn sydd ar agor, yna dechreuwch hyn eto."
LangString CaseFile ${LANG_ENGLISH} "HMIP case file"
LangString CaseFile ${LANG_WELSH} "Ffeil achos HMIP"
LangString Tells ${LANG_ENGLISH} "Assess the cases of a probation inspection"
LangString Tells ${LANG_WELSH} "Asesu achosion arolygiad prawf"

Var Patience
Var Opens

; Windows lets nobody write into a program that runs: that says whether one does.
!macro wait_until_closed un
Function ${un}WaitUntilClosed
    ${For} $1 1 2
        StrCpy $0 "$INSTDIR\hmip-desktop.exe"
        ${If} $1 = 2
            StrCpy $0 "$INSTDIR\hmip.exe"
        ${EndIf}
        ${If} ${FileExists} "$0"
            again:
            ClearErrors
            FileOpen $2 "$0" a
            ${If} ${Errors}
                ${If} $Patience > 0
                    IntOp $Patience $Patience - 1
                    Sleep 500
                    Goto again
                ${EndIf}
                MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "$(IsOpen)" /SD IDCANCEL IDRETRY again
                SetErrorLevel ${IN_USE}
                Quit
            ${EndIf}
            FileClose $2
        ${EndIf}
    ${Next}
FunctionEnd
!macroend
!insertmacro wait_until_closed ""
!insertmacro wait_until_closed "un."

; Every piece that an installer puts there: each in one step, by its name, from folder to folder. What
; else somebody keeps beside them stays, and the folder with it.
!macro move_program from to
    !insertmacro move_piece "_internal" "${from}" "${to}"
    !insertmacro move_piece "LICENSE.txt" "${from}" "${to}"
    !insertmacro move_piece "hmip.exe" "${from}" "${to}"
    !insertmacro move_piece "hmip-desktop.exe" "${from}" "${to}"
!macroend
!macro move_piece name from to
    ${If} ${FileExists} "${from}\${name}"
        Rename "${from}\${name}" "${to}\${name}"
    ${EndIf}
!macroend

Function .onInit
    ${GetParameters} $0
    ClearErrors
    ${GetOptions} $0 "/AFTER" $1
    ${IfNot} ${Errors}
        StrCpy $Patience ${HALF_SECONDS}
    ${EndIf}
    ClearErrors
    ${GetOptions} $0 "/OPEN" $1
    ${IfNot} ${Errors}
        StrCpy $Opens 1
    ${EndIf}
    !insertmacro MUI_LANGDLL_DISPLAY
FunctionEnd

Function un.onInit
    !insertmacro MUI_UNGETLANGUAGE
FunctionEnd

; This setup stays for going back to, beside that of the version before; older ones go.
Function KeepSetup
    ReadRegStr $0 HKCU "${UNINSTALL}" "DisplayVersion"
    ${If} $0 != "${VERSION}"
        FindFirst $1 $2 "${UPDATES}\*.*"
        ${DoWhile} $2 != ""
            ${If} $2 != "."
            ${AndIf} $2 != ".."
            ${AndIf} $2 != "${VERSION}"
            ${AndIf} $2 != $0
                RMDir /r "${UPDATES}\$2"
            ${EndIf}
            FindNext $1 $2
        ${Loop}
        FindClose $1
    ${EndIf}
    ${If} $EXEPATH != "${UPDATES}\${VERSION}\setup.exe"
        CreateDirectory "${UPDATES}\${VERSION}"
        CopyFiles /SILENT "$EXEPATH" "${UPDATES}\${VERSION}\setup.exe"
    ${EndIf}
FunctionEnd

; The new version beside the old one, then in its place: a program is whole or not replaced.
!macro replace_program
    RMDir /r "${COMING}"
    !insertmacro move_program "${GONE}" "$INSTDIR" ; the power may have gone in the midst of this
    RMDir /r "${GONE}"
    ClearErrors
    SetOutPath "${COMING}"
    File /r "${FROZEN}/*"
    SetOutPath "$INSTDIR"
    StrCpy $3 "failed"
    ${IfNot} ${Errors}
        CreateDirectory "${GONE}"
        !insertmacro move_program "$INSTDIR" "${GONE}"
        ${IfNot} ${Errors}
            !insertmacro move_program "${COMING}" "$INSTDIR"
            ${If} ${Errors}
                !insertmacro move_program "$INSTDIR" "${COMING}"
            ${Else}
                StrCpy $3 "done"
            ${EndIf}
        ${EndIf}
        ${If} $3 == "failed"
            !insertmacro move_program "${GONE}" "$INSTDIR"
        ${EndIf}
    ${EndIf}
    ${If} $3 == "failed"
        RMDir /r "${COMING}"
        RMDir "${GONE}"
        RMDir "$INSTDIR"
        MessageBox MB_OK|MB_ICONSTOP "$(NotWritten)" /SD IDOK
        SetErrorLevel ${NOT_WRITTEN}
        Quit
    ${EndIf}
    RMDir /r "${COMING}"
    RMDir /r "${GONE}"
!macroend

Function PutOnDesktop
    SetOutPath "$INSTDIR"
    CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\hmip-desktop.exe" "" "" "" "" "" "$(Tells)"
FunctionEnd

; Whoever installs in Welsh reads Welsh from the first window on, unless the program was told already.
Function PassLanguageOn
    ${If} $LANGUAGE == ${LANG_WELSH}
    ${AndIfNot} ${FileExists} "${OWN}\settings.json"
        CreateDirectory "${OWN}"
        FileOpen $0 "${OWN}\settings.json" w
        FileWrite $0 '{"language": "Welsh (cy)"}'
        FileClose $0
    ${EndIf}
FunctionEnd

Section
    Call WaitUntilClosed
    !insertmacro replace_program ; within the section, so that the room that it takes is known
    Call KeepSetup
    Call PassLanguageOn
    WriteUninstaller "$INSTDIR\uninstall.exe"

    CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\hmip-desktop.exe" "" "" "" "" "" "$(Tells)"

    WriteRegStr HKCU "${CLASSES}\.hmip" "" "${KIND}"
    WriteRegStr HKCU "${CLASSES}\${KIND}" "" "$(CaseFile)"
    WriteRegStr HKCU "${CLASSES}\${KIND}\DefaultIcon" "" "$INSTDIR\hmip-desktop.exe,0"
    WriteRegStr HKCU "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\hmip-desktop.exe" "%1"'
    WriteRegStr HKCU "${APP_PATHS}\hmip-desktop.exe" "" "$INSTDIR\hmip-desktop.exe"
    WriteRegStr HKCU "${APP_PATHS}\hmip.exe" "" "$INSTDIR\hmip.exe"

    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${NAME}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "The ${NAME} authors"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\hmip-desktop.exe,0"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    SetDetailsPrint none ; it would speak English
    ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
    SetDetailsPrint both
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" $0
    ${TELL_EXPLORER}
    ${If} $Opens = 1
        Exec '"$INSTDIR\hmip-desktop.exe"'
    ${EndIf}
SectionEnd

Section "un.${NAME}" RemoveProgram
    SectionIn RO
    Call un.WaitUntilClosed
    RMDir /r "${COMING}"
    RMDir /r "${GONE}"
    CreateDirectory "${GONE}"
    !insertmacro move_program "$INSTDIR" "${GONE}"
    RMDir /r "${GONE}"
    Delete "$INSTDIR\uninstall.exe"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    RMDir /r "${UPDATES}"

    ; Another program may have taken over the files since.
    ReadRegStr $0 HKCU "${CLASSES}\.hmip" ""
    ${If} $0 == "${KIND}"
        DeleteRegValue HKCU "${CLASSES}\.hmip" ""
    ${EndIf}
    DeleteRegKey /ifempty HKCU "${CLASSES}\.hmip"
    DeleteRegKey HKCU "${CLASSES}\${KIND}"
    DeleteRegKey HKCU "${APP_PATHS}\hmip-desktop.exe"
    DeleteRegKey HKCU "${APP_PATHS}\hmip.exe"
    DeleteRegKey HKCU "${UNINSTALL}"
    ${TELL_EXPLORER}
SectionEnd

; Not unless it is chosen: never by a silent removal.
Section /o "un.$(OwnAsWell)" RemoveOwn
    RMDir /r "${OWN}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${RemoveProgram} "$(ProgramTold)"
    !insertmacro MUI_DESCRIPTION_TEXT ${RemoveOwn} "$(OwnTold)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
