namespace DualDb.Testing.Tests.Killing;

/// <summary>What writers know is kept, and compared with what is there.</summary>
public sealed class LedgerTests
{
    [Fact]
    public void What_is_lost_invented_or_repeated_is_named()
    {
        using var ledger = new Ledger();
        foreach (var write in (string[])["kept", "lost", "undone", "undone but there", "unknown and there", "unknown and not"])
        {
            ledger.Begin(write);
        }

        ledger.Commit("kept");
        ledger.Commit("lost");
        ledger.RollBack("undone");
        ledger.RollBack("undone but there");
        var comparison = ledger.Compare(["kept", "kept", "undone but there", "unknown and there", "never begun"]);

        Assert.Equal(["lost"], comparison.Lost);
        Assert.Equal(["never begun", "undone but there"], comparison.Invented);
        Assert.Equal(["kept"], comparison.Repeated);
        Assert.Equal((2, 2, 1), (comparison.Committed, comparison.Unknown, comparison.UnknownFound));
        Assert.False(comparison.IsExact);
        Assert.Equal("2 committed, 2 of unknown outcome, 1 of those found; lost: lost; invented: never begun, undone but there; repeated: kept", comparison.ToString());
        Assert.True(ledger.Compare(["kept", "lost", "unknown and not"]).IsExact);
    }

    [Fact]
    public void A_file_outlives_its_writer_and_the_next_one_goes_on()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("dualdb.test.").FullName, "ledger");
        using (var first = Ledger.Open(path))
        {
            first.Begin("a b/1");
            first.Commit("a b/1");
            first.Begin("a b/2");
        }

        // Killed in the middle of a line.
        File.AppendAllText(path, "committed a b/2");
        using (var second = Ledger.Open(path))
        {
            Assert.Equal(LedgerOutcome.Unknown, second.Writes["a b/2"]);
            Assert.Throws<ArgumentException>(() => second.Begin("a b/2"));
            second.Begin("ß/3");
            second.RollBack("ß/3");

            using var read = Ledger.Read(path, path + ".missing");
            Assert.Equal(second.Writes.OrderBy(static write => write.Key), read.Writes.OrderBy(static write => write.Key));
        }

        using var all = Ledger.Read(path);
        Assert.Equal([LedgerOutcome.Committed, LedgerOutcome.Unknown, LedgerOutcome.RolledBack], all.Writes.OrderBy(static write => write.Key, StringComparer.Ordinal).Select(static write => write.Value));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void Writes_have_names_of_their_own_and_are_begun_before_they_end()
    {
        using var ledger = new Ledger();
        ledger.Begin("one");
        Assert.Throws<ArgumentException>(() => ledger.Begin("one"));
        Assert.Throws<ArgumentException>(() => ledger.Commit("two"));
        Assert.Throws<ArgumentException>(() => ledger.Begin("two\nlines"));
        Assert.Throws<ArgumentException>(() => ledger.Begin(""));
    }
}
