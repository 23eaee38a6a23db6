using Terroir.Audit;
using Terroir.Provenance.Events;
using Terroir.Storage;

namespace Terroir.Tests.Audit;

public sealed class EgressReportTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Requests_and_connections_are_added_up_by_purpose_and_place()
    {
        var report = Report(
            ("model", "https://models.example.org/v1/chat/completions\nsent 100\naa"),
            ("model", "https://models.example.org/v1/chat/completions\nreceived 40"),
            ("model", "https://models.example.org/v1/chat/completions\nsent 50\nbb"),
            ("model", "http://127.0.0.1:8080/v1/chat/completions\nsent 7\ncc"),
            ("source:mail", "imap.example.org:993\nopened"),
            ("source:mail", "imap.example.org:993\nclosed\nsent 900\nreceived 80000"),
            ("witness", "localhost:5081\nopened\nbefore\nsent 3\nreceived 4"));

        Assert.True(report.HasLeft);
        Assert.Equal(
            [
                ("model", "https://models.example.org/v1/chat/completions", false, 2, 150L, 40L),
                ("source:mail", "imap.example.org:993", false, 1, 900L, 80_000L),
                ("model", "http://127.0.0.1:8080/v1/chat/completions", true, 1, 7L, 0L),
                ("witness", "localhost:5081", true, 1, 3L, 4L),
            ],
            report.Flows.Select(flow => (
                flow.Purpose,
                flow.Endpoint,
                flow.IsThisMachine,
                flow.RequestCount,
                flow.SentBytes,
                flow.ReceivedBytes)).OrderBy(flow => flow.IsThisMachine));
    }

    [Fact]
    public void What_only_this_machine_was_sent_has_not_left_it()
    {
        Assert.False(Report(("model", "http://[::1]:8080/v1\nsent 7\ncc")).HasLeft);
        Assert.False(Report().HasLeft);
        Assert.True(Report(("model", "http://localhost.example.org/v1\nsent 7\ncc")).HasLeft);
    }

    private static EgressReport Report(params (string Purpose, string Text)[] sent) => EgressReport.Of(
        Day,
        Day.AddDays(1),
        sent.Select((entry, index) =>
        {
            var logged = new LedgerEvent(EventKinds.Sent, Day.AddMinutes(index))
            {
                Subjects = [EventSubject.Of("detail", entry.Text)],
            };
            return new PlacedLedgerRow(
                index,
                new LedgerRow(logged.Kind, logged.Time, logged.ToLeaf().ToEntry())
                {
                    Subject = entry.Purpose,
                    Detail = logged.ToDetail(),
                });
        }));
}
