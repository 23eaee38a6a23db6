namespace Terroir.Readers.Office;

/// <summary>Where the words of a group go.</summary>
internal enum RtfTarget
{
    Text,
    Nowhere,
    Fonts,
    Styles,
    Info,
    Label,
    Instruction,
}
