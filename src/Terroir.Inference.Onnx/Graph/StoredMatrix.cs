using Terroir.Inference.Onnx.Quantisation;

namespace Terroir.Inference.Onnx.Graph;

/// <summary>A matrix in the file of weights.</summary>
/// <param name="Rows">Its outputs.</param>
/// <param name="Columns">Its inputs.</param>
/// <param name="Format">Its blocks; none for binary32.</param>
/// <param name="Values">Its numbers or codes.</param>
/// <param name="Scales">The scales of its blocks, row by row.</param>
internal sealed record StoredMatrix(
    int Rows,
    int Columns,
    BlockFormat? Format,
    StoredRange Values,
    StoredRange Scales);
