using System.Globalization;
using DualDb.IntegrationTests.Repositories;
using DualDb.Testing;

namespace DualDb.IntegrationTests.Users;

/// <summary>16 users over four connections behind a pooler that gives its own away after every transaction: none ever meets a row of another's.</summary>
public sealed class InterleavingTests(Estate estate) : IClassFixture<Estate>
{
    private const int Users = 16;
    private const int Operations = 5_000;
    private const int Connections = 4;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nobody_meets_the_rows_of_another()
    {
        await using var pooler = await LocalPgBouncer.StartAsync(
            estate.Server,
            options =>
            {
                options.PoolSize = Connections;

                // Asks the server for the password of the login role.
                options.PgBouncerSettings["auth_user"] = estate.Server.UserName;
            },
            Token);
        await using var root = estate.Open(pooler.Rewrite(estate.RestrictedAddress), static options => options.Supabase.MaxPoolSize = Connections);
        var users = Enumerable.Range(0, Users).Select(static number => new Guid(number + 1, 1, 1, new byte[8])).ToArray();
        var cards = users.SelectMany(static user => Enumerable.Range(0, 5).Select(_ => new UserCard(Guid.NewGuid(), user, Guid.NewGuid().ToString("n"), "card"))).ToArray();
        await estate.Service.UserCards.InsertManyAsync(cards, Token);

        var done = await Task.WhenAll(users.Select((user, number) => WorkAsync(root, user, number, cards)));

        Assert.True(done.Sum() >= Operations, string.Create(CultureInfo.InvariantCulture, $"Only {done.Sum()} operations were done."));
    }

    private static async Task<int> WorkAsync(ShapesDb root, Guid user, int number, UserCard[] cards)
    {
        var random = new Random(number);
        var own = cards.Where(card => card.OwnerId == user).ToArray();
        var done = 0;
        while (done < (Operations / Users) + 1)
        {
            // A request: a root of its own, as an application makes one.
            var db = root.AsUser(UserSession.FromVerifiedToken(Jwt.Of(user)));
            for (var step = 0; step < 10; step++)
            {
                await StepAsync(db, user, random, cards, own);
                done++;
            }
        }

        return done;
    }

    private static async Task StepAsync(IShapesDb db, Guid user, Random random, UserCard[] cards, UserCard[] own)
    {
        var any = cards[random.Next(cards.Length)];
        switch (random.Next(10))
        {
            case 0:
                Assert.Equal(any.OwnerId == user, await db.UserCards.FindAsync(any.Id, Token) is not null);
                break;
            case 1:
                Assert.Equal(any.OwnerId == user, await db.UserCards.Fresh().FindAsync(any.Id, Token) is not null);
                break;
            case 2:
                Assert.Equal(any.OwnerId == user, await db.UserCards.FindByCodeAsync(any.Code, Token) is not null);
                break;
            case 3:
                Assert.All(await db.UserCards.FindManyAsync([.. cards.Select(static card => card.Id)], Token), card => Assert.Equal(user, card.OwnerId));
                break;
            case 4:
                Assert.All(await db.UserCards.AllRows().Cached().ToListAsync(Token), card => Assert.Equal(user, card.OwnerId));
                break;
            case 5:
                Assert.Equal(any.OwnerId == user, await db.UserCardOrders.FindAsync(any.Id, Token) is not null);
                break;
            case 6:
                await db.UserCards.UpdateAsync(own[random.Next(own.Length)] with { Text = $"changed {random.Next()}" }, Token);
                break;
            case 7:
                var note = await db.UserNotes.InsertAsync(new UserNote(Guid.NewGuid(), user, "note", IsPublic: false), Token);
                await foreach (var each in db.UserNotes.AllRows().StreamAsync(Token))
                {
                    Assert.Equal(user, each.OwnerId);
                }

                Assert.True(await db.UserNotes.DeleteAsync(note.Id, Token));
                break;
            case 8:
                await using (var transaction = await db.BeginSupabaseAsync(Token))
                {
                    Assert.All(await db.UserCards.ListAsync(100, transaction, Token), card => Assert.Equal(user, card.OwnerId));
                }

                break;
            default:
                Assert.Equal(user, await db.Supabase.ExecuteScalarAsync<Guid>($"select auth.uid()", Token));
                break;
        }
    }
}
