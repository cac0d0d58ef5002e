using DualDb.Caching;

namespace DualDb.IntegrationTests.Repositories.Contract;

internal sealed partial class ShapeContract<TEntity, TKey, TTransaction>
{
    [Operation]
    public async Task A_payload_makes_the_row_that_was_read()
    {
        var payloads = MapOf.Payloads<TEntity, TKey>();
        foreach (var inserted in await InsertAsync(Few))
        {
            var row = (await _rows.FindAsync(Key(inserted), Token))!;
            var payload = payloads.Encode(row);
            var decoded = payloads.Decode(payload);

            Assert.NotSame(row, decoded);
            Assert.Equal(Exact.Row(row, _traits.Stored), Exact.Row(decoded, _traits.Stored));
            Assert.Equal(payload, payloads.Encode(decoded));
        }
    }

    [Operation]
    public async Task A_payload_that_is_cut_off_or_damaged_is_refused()
    {
        var payloads = MapOf.Payloads<TEntity, TKey>();
        var random = new Random(1);
        foreach (var row in await InsertAsync(3))
        {
            var payload = payloads.Encode(row);
            Assert.All(Enumerable.Range(0, payload.Length), length => Assert.Throws<PayloadException>(() => payloads.Decode(payload[..length])));
            Assert.Throws<PayloadException>(() => payloads.Decode([.. payload, 0]));
            for (var round = 0; round < 300; round++)
            {
                var damaged = payload.ToArray();
                damaged[random.Next(damaged.Length)] = (byte)random.Next();
                var exception = Record.Exception(() => payloads.Decode(damaged));
                Assert.True(exception is null or PayloadException, exception?.ToString());
            }
        }
    }

    [Operation]
    public async Task A_key_has_one_text_before_and_after_it_was_stored_and_no_other_key_has_it()
    {
        var payloads = MapOf.Payloads<TEntity, TKey>();
        var given = MakeWithKeys(Few);
        var stored = await _rows.UpsertManyAsync(given, Token);

        var texts = stored.Select(row => payloads.KeyText(Key(row))).ToArray();
        Assert.Distinct(texts);
        Assert.Equal(texts, given.Select(row => payloads.KeyText(Key(row))));
    }
}
