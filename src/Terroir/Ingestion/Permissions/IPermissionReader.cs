using Terroir.Ingestion.Folder;
using Terroir.Sources;

namespace Terroir.Ingestion.Permissions;

/// <summary>Reads the permissions of a source's files, folder by folder from the root down.</summary>
/// <remarks>Safe to call from several threads at once. A fault in the permissions yields nobody, never more.</remarks>
internal interface IPermissionReader
{
    /// <summary>What could not be understood so far, by path.</summary>
    IReadOnlyList<PermissionFault> Faults { get; }

    /// <summary>The principals that were named so far in files that people write, by path and line.</summary>
    IReadOnlyList<PermissionMention> Mentions => [];

    /// <summary>Reads what a folder says of the files in and below it.</summary>
    /// <param name="above">What the folder above says; <see langword="null"/> for the root.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="path">Its path; empty for the root.</param>
    IFolderPermission Enter(IFolderPermission? above, FolderHandle folder, string path);
}

/// <summary>What a folder and those above it say.</summary>
internal interface IFolderPermission
{
    /// <summary>Finds who may read a file of the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="name">The file's name, with a zero at its end.</param>
    /// <param name="status">The file's status.</param>
    /// <param name="path">The file's path.</param>
    ItemReaders Of(FolderHandle folder, byte[] name, FileStatus status, string path);

    /// <summary>What is still known of a folder in this one that cannot be entered.</summary>
    IFolderPermission Below(FolderHandle folder, byte[] name, FileStatus status, string path);

    /// <summary>Narrows what was known of a file below that cannot be looked at: never wider than before, and never
    /// wider than what this folder still says.</summary>
    AccessList Narrow(AccessList access);
}

/// <summary>A permission that could not be understood, so that it opens nothing.</summary>
/// <param name="Path">The path within the source: of a <c>permissions.yaml</c>, file or folder.</param>
/// <param name="Line">The line, from 1; 0 if there is none.</param>
/// <param name="Problem">A sentence that says what is wrong.</param>
internal sealed record PermissionFault(string Path, int Line, string Problem);

/// <summary>A principal that a <c>permissions.yaml</c> names.</summary>
/// <param name="Path">The file's path.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Principal">The principal.</param>
internal sealed record PermissionMention(string Path, int Line, string Principal);
