using CsCheck;

namespace Terroir.Connectors.Sql;

public sealed class RowTemplateTests
{
    [Fact]
    public void Columns_in_braces_become_the_values_of_the_row() =>
        Assert.Equal(
            "# Hygiène\n{42} 42",
            RowTemplate.Parse("# {title}\n{{{id}}} { id }").Write(column => column is "id" ? "42" : "Hygiène"));

    [Fact]
    public void The_columns_of_a_template_are_told_once_each() =>
        Assert.Equal(["b", "a"], RowTemplate.Parse("{b} {a} {{c}} {b}").Columns);

    [Theory]
    [InlineData("a {b")]
    [InlineData("a }")]
    [InlineData("{}")]
    [InlineData("{ }")]
    [InlineData("{a{b}}")]
    public void A_brace_that_is_not_closed_or_names_nothing_is_a_fault(string template) =>
        Assert.Throws<FormatException>(() => RowTemplate.Parse(template));

    [Fact]
    public void A_text_with_doubled_braces_comes_out_as_it_was() =>
        Gen.String[Gen.Char["ab{}é\n"], 0, 20].Sample(text =>
        {
            var doubled = text
                .Replace("{", "{{", StringComparison.Ordinal)
                .Replace("}", "}}", StringComparison.Ordinal);
            Assert.Equal(text, RowTemplate.Parse(doubled).Write(_ => "?"));
        });
}
