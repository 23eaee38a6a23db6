using System.Runtime.InteropServices;

namespace Terroir.Protection.PersonalData.Names.Tagging;

/// <summary>A word that begins with a capital, the only sort that is tagged.</summary>
/// <param name="Start">Where it begins, in characters.</param>
/// <param name="End">Where it ends, in characters; not part of it.</param>
/// <param name="Gap">What stands between it and the word with a capital before it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct CapitalWord(int Start, int End, WordGap Gap);
