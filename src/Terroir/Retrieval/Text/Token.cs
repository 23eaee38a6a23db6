using System.Runtime.InteropServices;

namespace Terroir.Retrieval.Text;

/// <summary>A term where it stands in a text.</summary>
/// <param name="Term">The chain, a colon, the term.</param>
/// <param name="Start">The word's first character (UTF-16), an elided article left out.</param>
/// <param name="End">The character after its last.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Token(string Term, int Start, int End);
