namespace Terroir;

/// <summary>Why the weights of a model cannot be used.</summary>
public enum WeightsProblem
{
    /// <summary>There is no file or folder of that name.</summary>
    Missing,

    /// <summary>The content is of no format that is read.</summary>
    UnknownFormat,

    /// <summary>The file is a pickle: a program that runs when it is loaded.</summary>
    Executable,

    /// <summary>The file ends before what it announces.</summary>
    Truncated,

    /// <summary>The header, the index or a setting is not of its format, or a number in it is absurd.</summary>
    Malformed,

    /// <summary>Two tensors or two settings have one name.</summary>
    Duplicate,

    /// <summary>Two tensors claim the same bytes.</summary>
    Overlapping,

    /// <summary>The values of a tensor are of a type that is not read.</summary>
    UnsupportedType,

    /// <summary>The model is of an architecture, or uses a part of one, that is not run.</summary>
    UnsupportedArchitecture,

    /// <summary>A tensor or a setting that the architecture needs is absent.</summary>
    Incomplete,

    /// <summary>A tensor has other dimensions than the settings of the model imply.</summary>
    WrongShape,

    /// <summary>An imported graph was written by another version of the importer, or it is damaged.</summary>
    GraphUnusable,
}
