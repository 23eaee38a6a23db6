namespace Terroir.Sources;

/// <summary>Something that can be set for a source of a kind.</summary>
/// <param name="Name">Its name: lower case words joined by <c>-</c>, such as <c>access-key</c>.</param>
/// <param name="Meaning">What it means, in English, in one sentence.</param>
/// <param name="Example">A value as an example; for a secret a reference, never a secret.</param>
public sealed record ConnectorSetting(string Name, string Meaning, string Example)
{
    /// <summary>Whether it must be set.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether the value is a secret: then a reference is set, such as <c>file:keys/s3.key</c> or
    /// <c>env:S3_KEY</c>, and a plain value is a fault.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What holds when it is not set; <see langword="null"/> if nothing does.</summary>
    public string? Default { get; init; }
}

/// <summary>The settings of one source: no secrets, references to them.</summary>
/// <param name="Source">The source's name.</param>
/// <param name="Values">Values by name; names that a connector does not know are faults.</param>
public sealed record SourceSettings(string Source, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>Finds a value.</summary>
    /// <param name="name">The setting's name.</param>
    /// <returns>The value, or <see langword="null"/> if it is not set.</returns>
    public string? Find(string name) => Values.GetValueOrDefault(name);
}

/// <summary>A setting that cannot be used.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Problem">What is wrong and what to write, in English; it never repeats the value of a secret.</param>
public sealed record SettingFault(string Name, string Problem);

/// <summary>A step of a trial.</summary>
/// <param name="Name">What was tried, in a few English words: <c>the server answers</c>.</param>
/// <param name="IsPassed">Whether it went well.</param>
/// <param name="Message">What was found, or what is wrong and what to do; in English, without secrets.</param>
public sealed record ConnectionStep(string Name, bool IsPassed, string Message);
