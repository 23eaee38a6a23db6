namespace Terroir.Kinship.Contradictions;

/// <summary>Words that say nothing of what a sentence is about.</summary>
internal static class Silent
{
    /// <summary>The words, in lower case.</summary>
    public static IReadOnlySet<string> Words { get; } = new HashSet<string>(
        ("le la les l un une des du de d au aux à et ou en y ne n est sont être été a ont il elle ils elles ce cette "
            + "ces cet se s son sa ses leur leurs qui que qu par pour sur dans avec the a an of to in on at by for and "
            + "or is are be been has have it its this that these those with do does did").Split(' '),
        StringComparer.Ordinal);
}
