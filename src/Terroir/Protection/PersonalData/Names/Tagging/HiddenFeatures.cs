namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What is hidden of a word while it is learned from, so that the rest must do.</summary>
[Flags]
internal enum HiddenFeatures
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The word itself.</summary>
    Word = 1,

    /// <summary>Its first and last letters.</summary>
    Letters = 2,

    /// <summary>The words around it.</summary>
    Around = 4,

    /// <summary>That a list knows it.</summary>
    Lists = 8,

    /// <summary>That the text has it in small letters: it is taken to have it.</summary>
    MadeSmall = 16,
}
