namespace Terroir;

/// <summary>A vector has another length than those it is compared with, or a component that is no usable number. Code
/// <c>TER2003</c>.</summary>
public sealed class VectorUnusableException : TerroirException
{
    /// <summary>Creates the error for one vector.</summary>
    /// <param name="dimensions">How many components were expected.</param>
    /// <param name="length">How many components the vector has.</param>
    /// <param name="component">The first component that is not usable, counted from 0; none for a wrong length.</param>
    public VectorUnusableException(int dimensions, int length, int? component = null)
        : base("TER2003", isTransient: false, Describe(dimensions, length, component), innerException: null)
    {
        Dimensions = dimensions;
        Length = length;
        Component = component;
    }

    /// <summary>How many components were expected.</summary>
    public int Dimensions { get; }

    /// <summary>How many components the vector has.</summary>
    public int Length { get; }

    /// <summary>The first component that is not usable, counted from 0; none when the length is wrong.</summary>
    public int? Component { get; }

    private static string Describe(int dimensions, int length, int? component) => component is { } at
        ? $"Component {at} of a vector is not finite or is greater than 1e15. Check the model that made the vector."
        : $"A vector has {length} components, and the index has {dimensions}. Use the model that the index was built "
            + "with, or rebuild the index.";
}
