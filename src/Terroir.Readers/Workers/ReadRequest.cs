using Terroir.Documents;
using Terroir.Readers.Recognition;

namespace Terroir.Readers.Workers;

/// <summary>Asks a reading process for a file; the body of the frame is its content.</summary>
/// <param name="FileName">The file's name.</param>
/// <param name="Limits">The bounds.</param>
/// <param name="Recognition">What is to be recognised; only for a process that recognises.</param>
internal sealed record ReadRequest(string FileName, ReadLimits Limits, RecognitionOrder? Recognition = null);
