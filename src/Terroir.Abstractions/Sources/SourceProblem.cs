namespace Terroir.Sources;

/// <summary>Something in a source that a person should mend.</summary>
/// <param name="Path">The file or folder within the source; a folder ends with <c>/</c>.</param>
/// <param name="Line">The line, from 1; 0 if there is none.</param>
/// <param name="IsWarning">Whether nothing is closed or left out because of it.</param>
/// <param name="Message">What is wrong and what to do, in English.</param>
public sealed record SourceProblem(string Path, int Line, bool IsWarning, string Message);
