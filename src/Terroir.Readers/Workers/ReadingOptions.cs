namespace Terroir.Readers.Workers;

/// <summary>Settings of the processes that read files. Section <c>Terroir:Reading</c>.</summary>
public sealed class ReadingOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Reading";

    private const double ProcessorsLimit = 64;

    /// <summary>How many processors one reading process may use, where it has a control group; 0 to 64, the default
    /// is 0: no bound.</summary>
    public double ProcessorsMax { get; set; }

    /// <summary>Says what is wrong with <see cref="ProcessorsMax"/>.</summary>
    /// <returns>A sentence, or <see langword="null"/> if it can be used.</returns>
    public string? FindFault() => ProcessorsMax is >= 0 and <= ProcessorsLimit
        ? null
        : $"{Section}:{nameof(ProcessorsMax)} is {ProcessorsMax}. Write a number of processors from 0 to "
            + $"{ProcessorsLimit}, such as 0.5; 0 is no bound.";
}
