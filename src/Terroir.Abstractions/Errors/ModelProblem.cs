namespace Terroir;

/// <summary>Why an imported model cannot be used.</summary>
public enum ModelProblem
{
    /// <summary>No model of that name was imported.</summary>
    Unknown,

    /// <summary>More than one model has a name that begins so.</summary>
    Ambiguous,

    /// <summary>The model card is absent or not of its format.</summary>
    CardDamaged,

    /// <summary>The site did not sign the model card.</summary>
    CardUnsigned,

    /// <summary>A file that the card names is absent.</summary>
    FileMissing,

    /// <summary>A file has other bytes than those that were imported.</summary>
    FileChanged,

    /// <summary>Another process imports the same model.</summary>
    Busy,

    /// <summary>The vocabulary has more tokens than the weights.</summary>
    VocabularyMismatch,

    /// <summary>It writes no text: it is an encoder or a reranker.</summary>
    NotLanguage,

    /// <summary>It makes no vectors of texts.</summary>
    NotEncoder,

    /// <summary>It does not tell how well a text answers.</summary>
    NotReranker,
}
