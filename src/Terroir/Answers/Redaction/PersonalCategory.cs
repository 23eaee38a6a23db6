using Terroir.Protection.PersonalData;
using Terroir.Sovereignty;

namespace Terroir.Answers.Redaction;

/// <summary>What a finding says of a text, in the categories that policies decide on.</summary>
internal static class PersonalCategory
{
    // Numbers of companies and of professionals say nothing of a person's life.
    private static readonly Dictionary<string, string> Categories = new(StringComparer.Ordinal)
    {
        [PersonalDataKind.Person] = "identity",
        [PersonalDataKind.BirthDate] = "identity",
        [PersonalDataKind.Nir] = "identity",
        [PersonalDataKind.TaxNumber] = "identity",
        [PersonalDataKind.Passport] = "identity",
        [PersonalDataKind.IdentityCard] = "identity",
        [PersonalDataKind.MachineLine] = "identity",
        [PersonalDataKind.Address] = "contact",
        [PersonalDataKind.Email] = "contact",
        [PersonalDataKind.Phone] = "contact",
        [PersonalDataKind.Plate] = "contact",
        [PersonalDataKind.Iban] = "financial",
        [PersonalDataKind.Rib] = "financial",
        [PersonalDataKind.Card] = "financial",
        [PersonalDataKind.PatientNumber] = DataLabels.Health,
    };

    /// <summary>The category of a kind; <see langword="null"/> if it is of none.</summary>
    public static string? Of(string kind) =>
        kind.StartsWith(PersonalDataKind.NationalIdPrefix, StringComparison.Ordinal)
            ? "identity"
            : Categories.GetValueOrDefault(kind);
}
