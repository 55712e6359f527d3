// What the programs take away from themselves before they read an option or open a file: nobody else of this user may
// look into their memory, no core file is written, no socket leads out of this computer.

#pragma once

namespace fairlead::worker {

/// What to leave as it is. Both are for exceptions that somebody asked for.
struct OwnExceptions {
    bool traceable = false;  ///< Other programs of this user may read the memory: for tests that do.
    bool network = false;    ///< Sockets of every family: a screen that is reached over a network.
};

/// Takes out of the environment what makes the loader and libraries run code from where somebody points (LD_PRELOAD,
/// GCONV_PATH, OPENSSL_MODULES and the like). Where the loader has followed it already, the program is started once
/// more without it, and this call does not come back. False: that could not be done. Call with one thread only, first
/// of all.
bool shedForeignCode(char* const* arguments);

/// What is in force.
struct OwnLimits {
    bool noCoreFile = false;    ///< RLIMIT_CORE is 0, for this process and those it starts.
    bool memoryClosed = false;  ///< PR_SET_DUMPABLE is 0: /proc/PID/mem and ptrace are for the administrator alone.
    bool noPrivileges = false;  ///< PR_SET_NO_NEW_PRIVS: no program that it starts gains any.
    bool noNetwork = false;     ///< Seccomp: socket() of any family but AF_UNIX ends with EAFNOSUPPORT.
};

/// Takes all that away, for good, from this process and those it starts. What the system does not have is left out and
/// reported. Call with one thread only.
OwnLimits limitOwnProcess(const OwnExceptions& exceptions = {});

/// What is in force now, as the kernel says it; any thread.
OwnLimits ownLimits();

}  // namespace fairlead::worker
