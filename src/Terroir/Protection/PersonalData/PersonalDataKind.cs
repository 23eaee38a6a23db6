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
    public const string NationalIdBelgium = "national-id-be";
    public const string NationalIdGermany = "national-id-de";
    public const string NationalIdSpain = "national-id-es";
    public const string NationalIdItaly = "national-id-it";
    public const string NationalIdLuxembourg = "national-id-lu";
    public const string NationalIdNetherlands = "national-id-nl";
    public const string NationalIdPoland = "national-id-pl";
    public const string NationalIdPortugal = "national-id-pt";
    public const string NationalIdSweden = "national-id-se";
    public const string NationalIdFinland = "national-id-fi";
}
