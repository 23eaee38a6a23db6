using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Terroir.Ingestion.Quality;
using Terroir.Web.Pages;

namespace Terroir.Web;

/// <summary>Writes the report on quality as one file that loads nothing: in French, then in English.</summary>
public static class QualityHtml
{
    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The page, to be stored as UTF-8.</returns>
    public static async Task<string> WriteAsync(QualityReport report)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<QualityFile>(ParameterView.FromDictionary(
                new Dictionary<string, object?>(StringComparer.Ordinal) { [nameof(QualityFile.Report)] = report }));
            return page.ToHtmlString();
        });
    }
}
