namespace Terroir.Ingestion.Permissions;

/// <summary>Finds the names of users and groups.</summary>
internal interface IPosixNames
{
    /// <summary>The name of a user, or <see langword="null"/> if the system has none.</summary>
    /// <exception cref="IOException">The system could not look it up.</exception>
    string? FindUser(uint id);

    /// <summary>The name of a group, or <see langword="null"/> if the system has none.</summary>
    /// <exception cref="IOException">The system could not look it up.</exception>
    string? FindGroup(uint id);
}
