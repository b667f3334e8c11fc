/* A program that stays, for wine only: while it runs the Windows computer stays switched on, and
   the services that wine starts beside the first window are its children, not those of a program
   whose words are being read. It writes the file that it is told, and then is there. Never part of
   the program. */

#include <windows.h>

int WINAPI WinMain(HINSTANCE instance, HINSTANCE before, LPSTR told, int show)
{
    (void)before;
    (void)show;
    CreateWindowA("STATIC", "resident", WS_POPUP, 0, 0, 0, 0, NULL, NULL, instance, NULL);
    CloseHandle(CreateFileA(told, GENERIC_WRITE, 0, NULL, CREATE_ALWAYS, 0, NULL));
    Sleep(INFINITE);
    return 0;
}
