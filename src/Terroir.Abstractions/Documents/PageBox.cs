namespace Terroir.Documents;

/// <summary>A rectangle on a page, in points (1/72 inch) from its lower left corner.</summary>
/// <param name="Left">The left edge.</param>
/// <param name="Bottom">The lower edge.</param>
/// <param name="Right">The right edge; not less than <paramref name="Left"/>.</param>
/// <param name="Top">The upper edge; not less than <paramref name="Bottom"/>.</param>
public sealed record PageBox(double Left, double Bottom, double Right, double Top);
