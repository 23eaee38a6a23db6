namespace Terroir.Storage;

/// <summary>What a put did.</summary>
public enum PutOutcome
{
    /// <summary>The object was created and is durable.</summary>
    Created,

    /// <summary>An object with this key was there before and is durable. Its bytes were not compared.</summary>
    AlreadyThere,
}
