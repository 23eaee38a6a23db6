using System.Runtime.InteropServices;

namespace Terroir.Protection.PersonalData;

/// <summary>What a rule has found, in characters of the text.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RuleMatch(string Kind, int Start, int End, double Confidence, string Rule)
{
    public bool Overlaps(RuleMatch other) => Start < other.End && other.Start < End;
}
