using System.ComponentModel.DataAnnotations;

namespace Terroir.Server.Endpoints;

/// <summary>Checks that every entry can name a collection.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class CollectionNamesAttribute : ValidationAttribute
{
    /// <inheritdoc/>
    protected override ValidationResult? IsValid(object? value, ValidationContext validationContext) =>
        value is IReadOnlyList<string> names && !names.All(CollectionId.IsValid)
            ? new ValidationResult(
                "A collection is named by 1 to 64 of: a-z 0-9 - _, first a letter or digit.",
                [validationContext.MemberName ?? ""])
            : ValidationResult.Success;
}
