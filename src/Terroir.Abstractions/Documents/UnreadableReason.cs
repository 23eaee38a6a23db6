namespace Terroir.Documents;

/// <summary>Why a file could not be read. The names are stored; they do not change.</summary>
public enum UnreadableReason
{
    /// <summary>No reader takes this format.</summary>
    UnknownFormat,

    /// <summary>The file is damaged or not what its format promises.</summary>
    Broken,

    /// <summary>The file asks for a password.</summary>
    Encrypted,

    /// <summary>The file, or what it unpacks to, exceeds a limit.</summary>
    TooLarge,

    /// <summary>Reading took longer than the limit.</summary>
    TooSlow,

    /// <summary>The file holds pictures of text and no text: it needs character recognition.</summary>
    NeedsRecognition,

    /// <summary>The file holds no text at all.</summary>
    Empty,

    /// <summary>The source refused to hand over the file.</summary>
    AccessDenied,

    /// <summary>The file changed while it was read.</summary>
    Unstable,

    /// <summary>The file was read, and a rule of its collection holds documents as poor as it.</summary>
    HeldForQuality,
}
