using Terroir.Models;

namespace Terroir.Answers.Sections;

/// <summary>How much of the documents a prompt has room for.</summary>
/// <param name="PassageCountMax">How many of the passages that were found are shown at most.</param>
/// <param name="SizeMaxBytes">How many bytes all sections have at most, as UTF-8.</param>
internal sealed record PromptRoom(int PassageCountMax, int SizeMaxBytes)
{
    /// <summary>How many tokens all sections have at most, as <see cref="CountTokens"/> counts them.</summary>
    public int TokensMax { get; init; } = int.MaxValue;

    /// <summary>Counts the tokens of a section; a server counts for itself, so there they are 0.</summary>
    public Func<string, int> CountTokens { get; init; } = _ => 0;

    /// <summary>Whether of a passage that does not fit whole some sentences are shown. Every passage fits what a
    /// setting may say in bytes; the context of a small model may be less.</summary>
    public bool TakesParts { get; init; }

    /// <summary>The room that the settings give.</summary>
    public static PromptRoom Of(ModelsOptions limits) => new(limits.PassageCountMax, limits.ContextSizeMaxBytes);
}
