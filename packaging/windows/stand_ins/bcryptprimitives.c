/* A stand-in for Windows's own bcryptprimitives.dll, for wine only: wine 8 has none, and libraries
   written in Rust do not load without it. Chance comes from where wine has it. Never part of the
   program. */

#include <windows.h>
#include <ntsecapi.h>

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length)
{
    return RtlGenRandom(data, (ULONG)length);
}
