namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>What a word is to a name.</summary>
internal enum NameTag
{
    /// <summary>No part of one.</summary>
    Outside,

    /// <summary>Its first word.</summary>
    Begin,

    /// <summary>A later one.</summary>
    Inside,
}
