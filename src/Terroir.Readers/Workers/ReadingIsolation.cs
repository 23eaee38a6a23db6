namespace Terroir.Readers.Workers;

/// <summary>What the system keeps reading processes from.</summary>
/// <param name="HasLimits">Memory, processor time, open files and written files of a process are limited.</param>
/// <param name="HasFilter">Network, other programs and writing are refused by a filter of system calls.</param>
/// <param name="NoGroupReason">Why a process with all that it starts has no control group that bounds its memory and
/// its processes; <see langword="null"/> if it has one.</param>
public sealed record ReadingIsolation(bool HasLimits, bool HasFilter, string? NoGroupReason);
