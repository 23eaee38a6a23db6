namespace Terroir.Protection.PersonalData;

/// <summary>The kinds of personal data that are found, by the names that findings carry.</summary>
internal static class PersonalDataKind
{
    public const string Person = "person";
    public const string BirthDate = "birth-date";
    public const string Address = "address";
    public const string Email = "email";
    public const string Phone = "phone";
    public const string IpAddress = "ip";
    public const string MacAddress = "mac";
    public const string Nir = "nir";
    public const string TaxNumber = "nif";
    public const string Siren = "siren";
    public const string Siret = "siret";
    public const string Vat = "vat";
    public const string Iban = "iban";
    public const string Rib = "rib";
    public const string Bic = "bic";
    public const string Card = "card";
    public const string Rpps = "rpps";
    public const string Adeli = "adeli";
    public const string Finess = "finess";
    public const string PatientNumber = "patient-number";
    public const string Plate = "plate";
    public const string Passport = "passport";
    public const string IdentityCard = "identity-card";
    public const string MachineLine = "mrz";
    public const string NationalIdPrefix = "national-id-";
    public const string NationalIdBelgium = NationalIdPrefix + "be";
    public const string NationalIdGermany = NationalIdPrefix + "de";
    public const string NationalIdSpain = NationalIdPrefix + "es";
    public const string NationalIdItaly = NationalIdPrefix + "it";
    public const string NationalIdLuxembourg = NationalIdPrefix + "lu";
    public const string NationalIdNetherlands = NationalIdPrefix + "nl";
    public const string NationalIdPoland = NationalIdPrefix + "pl";
    public const string NationalIdPortugal = NationalIdPrefix + "pt";
    public const string NationalIdSweden = NationalIdPrefix + "se";
    public const string NationalIdFinland = NationalIdPrefix + "fi";
}
