using System.Xml.Linq;
using Terroir.Readers.Packages;

namespace Terroir.Readers.Office;

/// <summary>Formulas of Office as one line in the notation of LaTeX.</summary>
internal static class OfficeMath
{
    /// <summary>Writes an <c>oMath</c> element.</summary>
    public static string Write(XElement math) => $"${Children(math).Trim()}$";

    private static string Children(XElement? parent) =>
        string.Concat((parent?.Elements() ?? []).Select(Element));

    private static string Element(XElement element)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return element.Name.LocalName switch
        {
            "r" => string.Concat(element.All("t").Select(text => text.Value)),
            "f" when element.Path("fPr", "type").Get("val") is "noBar" =>
                $"\\binom{Group(element, "num")}{Group(element, "den")}",
            "f" => $"\\frac{Group(element, "num")}{Group(element, "den")}",
            "sSup" => $"{Part(element, "e")}^{Group(element, "sup")}",
            "sSub" => $"{Part(element, "e")}_{Group(element, "sub")}",
            "sSubSup" => $"{Part(element, "e")}_{Group(element, "sub")}^{Group(element, "sup")}",
            "sPre" => $"{{}}_{Group(element, "sub")}^{Group(element, "sup")}{Part(element, "e")}",
            "rad" => Root(element),
            "nary" => $"{element.Path("naryPr", "chr").Get("val") ?? "∫"}{Limits(element)}{Part(element, "e")}",
            "d" => Delimited(element),
            "func" => $"{Part(element, "fName")} {Part(element, "e")}",
            "limLow" => $"{Part(element, "e")}_{Group(element, "lim")}",
            "limUpp" => $"{Part(element, "e")}^{Group(element, "lim")}",
            "acc" or "bar" or "groupChr" or "box" or "borderBox" or "phant" => Part(element, "e"),
            "m" => string.Join(" \\\\ ", element.All("mr").Select(row =>
                string.Join(" & ", row.All("e").Select(Children)))),
            "eqArr" => string.Join(" \\\\ ", element.All("e").Select(Children)),
            "rPr" or "ctrlPr" or "argPr" or "oMathParaPr" => "",
            var name when name.EndsWith("Pr", StringComparison.Ordinal) => "",
            _ => Children(element),
        };
    }

    private static string Part(XElement element, string name) => Children(element.Child(name));

    private static string Group(XElement element, string name) => $"{{{Part(element, name).Trim()}}}";

    private static string Root(XElement element)
    {
        var degree = Part(element, "deg").Trim();
        return degree.Length == 0 ? $"\\sqrt{Group(element, "e")}" : $"\\sqrt[{degree}]{Group(element, "e")}";
    }

    private static string Limits(XElement element)
    {
        var low = Part(element, "sub").Trim();
        var high = Part(element, "sup").Trim();
        return (low.Length == 0 ? "" : $"_{{{low}}}") + (high.Length == 0 ? "" : $"^{{{high}}}");
    }

    private static string Delimited(XElement element)
    {
        var properties = element.Child("dPr");
        var open = properties.Child("begChr").Get("val") ?? "(";
        var close = properties.Child("endChr").Get("val") ?? ")";
        var between = properties.Child("sepChr").Get("val") ?? "|";
        return open + string.Join(between, element.All("e").Select(Children)) + close;
    }
}
