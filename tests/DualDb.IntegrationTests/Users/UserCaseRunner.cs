using System.Globalization;
using DualDb.IntegrationTests.Repositories;

namespace DualDb.IntegrationTests.Users;

/// <summary>Does what a case says, through whatever root its user is given.</summary>
/// <param name="asUser">The root as a user sees it.</param>
/// <param name="service">The application itself, to prepare rows and to count them.</param>
/// <param name="secret">What tokens are signed with.</param>
public sealed class UserCaseRunner(Func<UserSession, IShapesDb> asUser, IShapesDb service, string secret)
{
    private static readonly Dictionary<Row, UserNote> Notes = new()
    {
        [Row.AlicesOwn] = new UserNote(new Guid(1, 0, 0, new byte[8]), Estate.Alice, "hers", IsPublic: false),
        [Row.AlicesPublic] = new UserNote(new Guid(2, 0, 0, new byte[8]), Estate.Alice, "hers for all", IsPublic: true),
        [Row.BobsOwn] = new UserNote(new Guid(3, 0, 0, new byte[8]), Estate.Bob, "his", IsPublic: false),
        [Row.BobsPublic] = new UserNote(new Guid(4, 0, 0, new byte[8]), Estate.Bob, "his for all", IsPublic: true),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Prepares the rows, runs the case, and tells what came of it and how many rows are left.</summary>
    public async Task<(string Outcome, int Left)> RunAsync(UserCase @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        await service.UserNotes.AllRows().DeleteAsync(Token);
        await service.UserNotes.InsertManyAsync(Notes.Values, Token);
        var outcome = await OutcomeAsync(asUser(SessionOf(@case.Who)).UserNotes, @case);
        return (outcome, (int)await service.UserNotes.CountAsync(Token));
    }

    private UserSession SessionOf(Actor actor) => actor switch
    {
        Actor.Alice => UserSession.FromVerifiedToken(Jwt.Of(Estate.Alice, secret: secret)),
        Actor.Bob => UserSession.FromVerifiedToken(Jwt.Of(Estate.Bob, secret: secret)),
        _ => UserSession.Anonymous,
    };

    private static async Task<string> OutcomeAsync(IUserNoteRepository notes, UserCase @case)
    {
        try
        {
            return (await CountAsync(notes, @case.Act, @case.Row)).ToString(CultureInfo.InvariantCulture);
        }
        catch (DatabaseErrorException exception) when (string.Equals(exception.SqlState, "42501", StringComparison.Ordinal))
        {
            return "refused";
        }
        catch (EntityNotFoundException)
        {
            return "not found";
        }
    }

    private static async Task<long> CountAsync(IUserNoteRepository notes, Act act, Row row)
    {
        var note = Notes.GetValueOrDefault(row) ?? new UserNote(Guid.NewGuid(), Estate.Alice, "none", IsPublic: false);
        var keys = Notes.Values.Select(static one => one.Id).ToArray();
        return act switch
        {
            Act.Find => await notes.FindAsync(note.Id, Token) is null ? 0 : 1,
            Act.Get => (await notes.GetAsync(note.Id, Token)).Id == note.Id ? 1 : 0,
            Act.FindMany => (await notes.FindManyAsync(keys, Token)).Count,
            Act.Exists => await notes.ExistsAsync(note.Id, Token) ? 1 : 0,
            Act.List => (await notes.ListAsync(100, Token)).Count,
            Act.Count => await notes.CountAsync(Token),
            Act.Where => (await notes.Where(each => each.OwnerId == note.OwnerId).ToListAsync(Token)).Count,
            Act.Page => (await notes.OrderBy(static each => each.Text).ToPageAsync(100, cancellationToken: Token)).Items.Count,
            Act.Stream => await CountStreamedAsync(notes),
            Act.Insert => (await notes.InsertAsync(note with { Id = Guid.NewGuid() }, Token)).Version,
            Act.InsertMany => (await notes.InsertManyAsync(New(row, 3), Token)).Count,
            Act.InsertVeryMany => (await notes.InsertManyAsync(New(row, (2 * Repositories.Places.Place.CopyThreshold) + 5), Token)).Count,
            Act.Update => string.Equals((await notes.UpdateAsync(await StoredAsync(notes, note), Token)).Text, "changed", StringComparison.Ordinal) ? 1 : 0,
            Act.GiveAway => (await notes.UpdateAsync(await StoredAsync(notes, note) with { OwnerId = Estate.Bob }, Token)).Version,
            Act.Patch => string.Equals((await notes.PatchAsync(note.Id, static set => set.Text("changed"), Token)).Text, "changed", StringComparison.Ordinal) ? 1 : 0,
            Act.Upsert => string.Equals((await notes.UpsertAsync(note with { Text = "changed" }, Token)).Text, "changed", StringComparison.Ordinal) ? 1 : 0,
            Act.UpsertMany => (await notes.UpsertManyAsync(row == Row.All ? Notes.Values : [note with { Text = "changed" }], Token)).Count,
            Act.Delete => await notes.DeleteAsync(note.Id, Token) ? 1 : 0,
            Act.UpdateWhere => await notes.AllRows().UpdateAsync(static set => set.Text("changed"), Token),
            Act.DeleteWhere => await notes.AllRows().DeleteAsync(Token),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, "Not an operation."),
        };
    }

    private static async Task<int> CountStreamedAsync(IUserNoteRepository notes)
    {
        var count = 0;
        await foreach (var _ in notes.AllRows().StreamAsync(Token))
        {
            count++;
        }

        return count;
    }

    // As the user sees it, or as he would have to guess it.
    private static async Task<UserNote> StoredAsync(IUserNoteRepository notes, UserNote note)
        => (await notes.FindAsync(note.Id, Token) ?? note with { Version = 1 }) with { Text = "changed" };

    private static UserNote[] New(Row row, int count)
        => [.. Enumerable.Range(0, count).Select(number => NoteOf(row, number) with { Id = Guid.NewGuid() })];

    private static UserNote NoteOf(Row row, int number) => row == Row.All ? Notes.Values.ElementAt(number % Notes.Count) : Notes[row];
}
