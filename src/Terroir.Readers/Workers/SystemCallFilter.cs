using System.Runtime.InteropServices;

namespace Terroir.Readers.Workers;

/// <summary>A filter of system calls (seccomp) for the whole process: no network, no other program, no new process, no
/// signal to another, no file opened for writing, created, renamed or deleted.</summary>
/// <remarks>A program of classic BPF, as in seccomp(2). Refused calls fail with EPERM; calls whose arguments stand
/// in memory, where a filter cannot see them, fail with ENOSYS, so that the C library takes their older forms.
/// </remarks>
internal static unsafe partial class SystemCallFilter
{
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfAtLeast = 0x35;
    private const ushort JumpIfAnyBit = 0x45;
    private const ushort Return = 0x06;

    private const uint Allow = 0x7FFF_0000;
    private const uint KillProcess = 0x8000_0000;
    private const uint RefuseWith = 0x0005_0000;
    private const uint NotPermitted = 1;
    private const uint NotImplemented = 38;

    // Offsets of struct seccomp_data: number, architecture, instruction pointer, six arguments of 8 bytes.
    private const uint NumberOffset = 0;
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;
    private const uint ArgumentSize = 8;

    // O_WRONLY, O_RDWR, O_CREAT and O_TRUNC.
    private const uint WritingFlags = 0x1 | 0x2 | 0x40 | 0x200;
    private const uint ThreadFlag = 0x1_0000;

    private const uint OwnProcess = 0;
    private const uint OwnGroup = 0;

    // Numbers from here on are the x32 forms of the calls.
    private const uint OtherNumbers = 0x4000_0000;

    private const int NoNewPrivileges = 38;
    private const int SetModeFilter = 1;
    private const int AllThreads = 1;

    /// <summary>Installs the filter; it cannot be taken back, and holds for every program that is started.</summary>
    /// <param name="startsPrograms">Whether the process may start programs.</param>
    /// <returns>Whether it holds for every thread.</returns>
    public static bool Install(bool startsPrograms)
    {
        if (SystemCallNumbers.Current is not { } numbers || Control(NoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return false;
        }

        var program = Write(numbers, startsPrograms);
        fixed (Instruction* first = program)
        {
            var header = new ProgramHeader { Length = (ushort)program.Length, Instructions = first };
            return SystemCall(numbers.Filter, SetModeFilter, AllThreads, &header) == 0;
        }
    }

    private static Instruction[] Write(SystemCallNumbers numbers, bool startsPrograms)
    {
        List<Instruction> program =
        [
            new(LoadWord, ArchitectureOffset),
            new(JumpIfEqual, numbers.Architecture, ifTrue: 1),
            new(Return, KillProcess),
            new(LoadWord, NumberOffset),
            new(JumpIfAtLeast, OtherNumbers, ifFalse: 1),
            new(Return, KillProcess),
        ];
        foreach (var number in startsPrograms ? numbers.Refused : numbers.Refused.Concat(numbers.Starting))
        {
            program.AddRange([new(JumpIfEqual, number, ifFalse: 1), new(Return, RefuseWith | NotPermitted)]);
        }

        foreach (var number in numbers.Hidden)
        {
            program.AddRange([new(JumpIfEqual, number, ifFalse: 1), new(Return, RefuseWith | NotImplemented)]);
        }

        // A program may end its own group, and a process hurry its own threads: nobody else's.
        program.AddRange(
        [
            .. OnlyOn(numbers.OnProcess.Kill, OwnGroup, startsPrograms ? Allow : RefuseWith | NotPermitted),
            .. OnlyOn(numbers.OnProcess.KillThread, (uint)Environment.ProcessId, Allow),
            .. OnlyOn(numbers.OnProcess.Limit, OwnProcess, Allow),
        ]);

        foreach (var (number, argument) in numbers.Opening)
        {
            program.AddRange(
            [
                new(JumpIfEqual, number, ifFalse: 4),
                new(LoadWord, FirstArgumentOffset + (argument * ArgumentSize)),
                new(JumpIfAnyBit, WritingFlags, ifFalse: 1),
                new(Return, RefuseWith | NotPermitted),
                new(Return, Allow),
            ]);
        }

        if (!startsPrograms)
        {
            program.AddRange(
            [
                new(JumpIfEqual, numbers.NewTask, ifFalse: 3),
                new(LoadWord, FirstArgumentOffset),
                new(JumpIfAnyBit, ThreadFlag, ifTrue: 1),
                new(Return, RefuseWith | NotPermitted),
            ]);
        }

        program.Add(new(Return, Allow));
        return [.. program];
    }

    // What becomes of a call depends on the process that its first argument names.
    private static Instruction[] OnlyOn(uint number, uint process, uint verdict) =>
    [
        new(JumpIfEqual, number, ifFalse: 4),
        new(LoadWord, FirstArgumentOffset),
        new(JumpIfEqual, process, ifFalse: 1),
        new(Return, verdict),
        new(Return, RefuseWith | NotPermitted),
    ];

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int option, nuint a, nuint b, nuint c, nuint d);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nuint operation, nuint flags, ProgramHeader* program);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, uint value, byte ifTrue = 0, byte ifFalse = 0)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Value = value;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ProgramHeader
    {
        public ushort Length;
        public Instruction* Instructions;
    }
}
