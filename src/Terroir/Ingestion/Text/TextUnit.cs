using System.Runtime.InteropServices;

namespace Terroir.Ingestion.Text;

/// <summary>The least that a passage is made of: a sentence, a line, an item or a row.</summary>
/// <param name="Start">Its first byte.</param>
/// <param name="End">The byte after the last.</param>
/// <param name="Span">The number of its piece of canonical text.</param>
/// <param name="Cut">What it costs to begin a passage with it.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TextUnit(int Start, int End, int Span, double Cut);
