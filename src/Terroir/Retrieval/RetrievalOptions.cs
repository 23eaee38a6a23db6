using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Terroir.Retrieval;

/// <summary>Settings of the search. Section <c>Terroir:Retrieval</c>; checked when a site is opened.</summary>
public sealed class RetrievalOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Terroir:Retrieval";

    /// <summary>What meaning counts that was learned from the collection's own text, where it counts: of five judged
    /// sets three gained by it (0.2 %, 1.7 % and 5.0 % of nDCG@10) and two lost (0.25 %, and 0.31 % on
    /// scifact-en-train).</summary>
    public const double MeaningWeightDefault = 0.2;

    /// <summary>What meaning counts where an encoder is in force. Half way between what was measured for meaning that
    /// was learned from the text and the equal share of both legs: no encoder was measured here, and a collection's
    /// own questions decide (<c>terroir eval --collection</c>).</summary>
    public const double EncoderWeightDefault = 0.35;

    /// <summary>What likeness of meaning counts beside the words, for collections that <see cref="MeaningWeights"/>
    /// does not name. 0 (only the words count) to 0.5; the default is 0.2.</summary>
    [Range(0, SearchRequest.MeaningWeightMax)]
    public double MeaningWeight { get; set; } = MeaningWeightDefault;

    /// <summary>The same for collections with an encoder in force. 0 to 0.5; the default is 0.35.</summary>
    [Range(0, SearchRequest.MeaningWeightMax)]
    public double EncoderWeight { get; set; } = EncoderWeightDefault;

    /// <summary>The weight for a collection by its name, as <c>terroir eval --collection</c> found it. 0 to 0.5 each.
    /// </summary>
    public IReadOnlyDictionary<string, double> MeaningWeights { get; set; } =
        new Dictionary<string, double>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => MeaningWeights
        .Where(pair => pair.Value is not (>= 0 and <= SearchRequest.MeaningWeightMax))
        .Select(pair => new ValidationResult(
            $"{nameof(MeaningWeights)}: '{pair.Key}' is not 0 to {SearchRequest.MeaningWeightMax}.",
            [nameof(MeaningWeights)]));

    /// <summary>The weight for a collection with an encoder in force.</summary>
    internal double EncoderWeightOf(CollectionId collection) =>
        MeaningWeights.TryGetValue(collection.Value, out var weight) ? weight : EncoderWeight;

    /// <summary>The weight for a collection.</summary>
    internal double WeightOf(CollectionId collection) =>
        MeaningWeights.TryGetValue(collection.Value, out var weight) ? weight : MeaningWeight;
}

/// <summary>Checks <see cref="RetrievalOptions"/>.</summary>
[OptionsValidator]
internal sealed partial class RetrievalOptionsValidator : IValidateOptions<RetrievalOptions>;
