using System.Runtime.InteropServices;

namespace Terroir.Readers.Workers;

/// <summary>The numbers of Linux's system calls on one architecture (arch/x86/entry/syscalls/syscall_64.tbl and
/// include/uapi/asm-generic/unistd.h).</summary>
internal sealed record SystemCallNumbers
{
    /// <summary>The numbers of this machine, or <see langword="null"/> if they are not known here.</summary>
    public static SystemCallNumbers? Current => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => X64,
        System.Runtime.InteropServices.Architecture.Arm64 => Arm64,
        _ => null,
    };

    /// <summary>The architecture as a filter sees it (AUDIT_ARCH_*).</summary>
    public required uint Architecture { get; init; }

    /// <summary><c>seccomp</c>.</summary>
    public required nint Filter { get; init; }

    /// <summary><c>clone</c>: allowed for threads.</summary>
    public required uint NewTask { get; init; }

    /// <summary>The calls that open a file, and which argument holds the flags: allowed for reading.</summary>
    public required IReadOnlyList<(uint Number, uint Argument)> Opening { get; init; }

    /// <summary>Calls whose first argument names a process: <c>kill</c>, <c>tgkill</c>, <c>prlimit64</c>.</summary>
    public required (uint Kill, uint KillThread, uint Limit) OnProcess { get; init; }

    /// <summary>Calls that have an older form which the filter can look into: <c>clone3</c>, <c>openat2</c>,
    /// <c>io_uring_setup</c>.</summary>
    public IReadOnlyList<uint> Hidden { get; } = [435, 437, 425];

    /// <summary>The calls that are refused.</summary>
    public required IReadOnlyList<uint> Refused { get; init; }

    /// <summary>The calls that start a program: refused too, unless the process has programs to start.</summary>
    public required IReadOnlyList<uint> Starting { get; init; }

    private static SystemCallNumbers X64 { get; } = new()
    {
        Architecture = 0xC000_003E,
        Filter = 317,
        NewTask = 56,
        Opening = [(2, 1), (257, 2)],
        OnProcess = (62, 234, 302),

        // fork, vfork, execve
        Starting = [57, 58, 59],
        Refused =
        [
            // socket, connect, accept, bind, listen, socketpair, accept4
            41, 42, 43, 49, 50, 53, 288,

            // execveat, ptrace, process_vm_readv, process_vm_writev, pidfd_open, pidfd_getfd
            322, 101, 310, 311, 434, 438,

            // setpgid, setsid, rt_sigqueueinfo, tkill, rt_tgsigqueueinfo, pidfd_send_signal
            109, 112, 129, 200, 297, 424,

            // truncate, rename, mkdir, rmdir, creat, link, unlink, symlink, chmod, fchmod, chown, fchown, lchown, mknod
            76, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 133,

            // mkdirat, mknodat, fchownat, unlinkat, renameat, linkat, symlinkat, fchmodat, utimensat, renameat2,
            // fchmodat2
            258, 259, 260, 263, 264, 265, 266, 268, 280, 316, 452,

            // pivot_root, chroot, mount, umount2, init_module, kexec_load, add_key, request_key, keyctl, unshare,
            // perf_event_open, setns, finit_module, bpf, userfaultfd
            155, 161, 165, 166, 175, 246, 248, 249, 250, 272, 298, 308, 313, 321, 323,
        ],
    };

    private static SystemCallNumbers Arm64 { get; } = new()
    {
        Architecture = 0xC000_00B7,
        Filter = 277,
        NewTask = 220,
        Opening = [(56, 2)],
        OnProcess = (129, 131, 261),

        // execve
        Starting = [221],
        Refused =
        [
            // socket, socketpair, bind, listen, accept, connect, accept4
            198, 199, 200, 201, 202, 203, 242,

            // execveat, ptrace, process_vm_readv, process_vm_writev, pidfd_open, pidfd_getfd
            281, 117, 270, 271, 434, 438,

            // setpgid, setsid, rt_sigqueueinfo, tkill, rt_tgsigqueueinfo, pidfd_send_signal
            154, 157, 138, 130, 240, 424,

            // mknodat, mkdirat, unlinkat, symlinkat, linkat, renameat, truncate, fchmod, fchmodat, fchownat, fchown,
            // utimensat, renameat2, fchmodat2
            33, 34, 35, 36, 37, 38, 45, 52, 53, 54, 55, 88, 276, 452,

            // umount2, mount, pivot_root, chroot, unshare, kexec_load, init_module, add_key, request_key, keyctl,
            // perf_event_open, setns, finit_module, bpf, userfaultfd
            39, 40, 41, 51, 97, 104, 105, 217, 218, 219, 241, 268, 273, 280, 282,
        ],
    };
}
