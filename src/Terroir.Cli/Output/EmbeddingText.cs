using System.Globalization;
using Terroir.Retrieval.Encoders;

namespace Terroir.Cli.Output;

/// <summary>Says how far the vectors of a collection are.</summary>
internal static class EmbeddingText
{
    public static string Describe(EmbeddingState state)
    {
        var inForce = state.InForce is { } id
            ? $"meaning comes from {id}"
            : "meaning is learned from the text";
        var missing = state.UnreadableCount > 0
            ? string.Create(CultureInfo.InvariantCulture, $"; {state.UnreadableCount:N0} damaged documents have none")
            : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{inForce}; {state.EmbeddedCount:N0} of {state.PassageCount:N0} passages have vectors")
            + (state.Encoder is { } current && !string.Equals(current, state.InForce, StringComparison.Ordinal)
                ? $" of {current}, which comes into force when all have"
                : "")
            + missing;
    }
}
