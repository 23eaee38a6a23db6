namespace Terroir.Readers;

/// <summary>The formats that are recognised.</summary>
internal enum FileFormat
{
    Unknown,
    Pdf,
    Docx,
    Pptx,
    Xlsx,
    Html,
    Markdown,
    Text,
    Csv,
    Mail,
    Zip,
    EncryptedOffice,
}
