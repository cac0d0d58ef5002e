using System.Net.Sockets;
using System.Security.Authentication;
using DualDb.Connections;
using Npgsql;

namespace DualDb.Sdk.Tests.Connections;

public class TransientErrorsTests
{
    private static PostgresException Answer(string sqlState, string message = "text", string severity = "ERROR") => new(message, severity, severity, sqlState);

    private static NpgsqlException Broken(Exception cause) => new("Exception while reading from stream", cause);

    [Theory]
    [InlineData("40001")]
    [InlineData("40P01")]
    [InlineData("53000")]
    [InlineData("53100")]
    [InlineData("53200")]
    [InlineData("53300")]
    [InlineData("53400")]
    [InlineData("55P03")]
    [InlineData("55006")]
    [InlineData("55000")]
    [InlineData("57P03")]
    [InlineData("57P05")]
    public void Retries_reads_and_writes_that_the_server_refused_whole(string sqlState)
    {
        var answer = Answer(sqlState);

        Assert.True(TransientErrors.MayRetryOpen(answer));
        Assert.True(TransientErrors.MayRetryRead(answer));
        Assert.True(TransientErrors.MayRetryWrite(answer));
        Assert.False(TransientErrors.OutcomeUnknown(answer));
    }

    [Theory]
    [InlineData("57P01")]
    [InlineData("57P02")]
    [InlineData("58000")]
    [InlineData("58030")]
    [InlineData("08000")]
    [InlineData("08001")]
    [InlineData("08003")]
    [InlineData("08004")]
    [InlineData("08006")]
    [InlineData("08007")]
    public void Retries_only_reads_where_a_write_may_have_been_applied(string sqlState)
    {
        var answer = Answer(sqlState, severity: "FATAL");

        Assert.True(TransientErrors.MayRetryOpen(answer));
        Assert.True(TransientErrors.MayRetryRead(answer));
        Assert.False(TransientErrors.MayRetryWrite(answer));
        Assert.True(TransientErrors.OutcomeUnknown(answer));
    }

    [Theory]
    [InlineData("23505")]
    [InlineData("42P01")]
    [InlineData("22003")]
    [InlineData("28P01")]
    [InlineData("3D000")]
    [InlineData("57014")]
    [InlineData("25P02")]
    [InlineData("XX000")]
    [InlineData("08P01")]
    public void Retries_nothing_that_would_fail_again(string sqlState)
    {
        var answer = Answer(sqlState);

        Assert.False(TransientErrors.MayRetryOpen(answer));
        Assert.False(TransientErrors.MayRetryRead(answer));
        Assert.False(TransientErrors.MayRetryWrite(answer));
    }

    [Theory]
    [InlineData("Couldn't connect to compute node")]
    [InlineData("Control plane request failed")]
    [InlineData("Failed to acquire permit to connect to the database. Too many database connection attempts are currently ongoing.")]
    [InlineData("Too many connections attempts")]
    [InlineData("(EMAXCONN) max client connections reached")]
    [InlineData("(EMAXCONNSESSION) max clients reached in session mode")]
    [InlineData("MaxClientsInSessionMode: max clients reached - in Session mode max clients are limited to pool_size")]
    [InlineData("(ECHECKOUTTIMEOUT) unable to check out connection from the pool")]
    [InlineData("(ECHECKOUTRETRIES) failed to check out")]
    [InlineData("(ECHECKOUTFAILED) failed to check out")]
    [InlineData("(EPOOLTERMINATING) pool is terminating")]
    [InlineData("(ESUBSCRIBERETRIES) failed to subscribe")]
    public void Retries_the_vendors_own_errors_before_execution(string message)
    {
        var answer = Answer("XX000", message, "FATAL");

        Assert.True(TransientErrors.MayRetryOpen(answer));
        Assert.True(TransientErrors.MayRetryRead(answer));
        Assert.True(TransientErrors.MayRetryWrite(answer));
        Assert.False(TransientErrors.OutcomeUnknown(answer));
    }

    [Theory]
    [InlineData("XX000", "(EDBHANDLEREXITED) connection to database closed")]
    [InlineData("08P01", "server conn crashed?")]
    public void Retries_only_reads_where_the_vendor_lost_the_server(string sqlState, string message)
    {
        var answer = Answer(sqlState, message, "FATAL");

        Assert.True(TransientErrors.MayRetryRead(answer));
        Assert.False(TransientErrors.MayRetryWrite(answer));
        Assert.True(TransientErrors.OutcomeUnknown(answer));
    }

    [Theory]
    [InlineData("Your account or project has exceeded the compute time quota. Upgrade your plan to increase limits.")]
    [InlineData("Your project has exceeded the data transfer quota. Upgrade your plan to increase limits.")]
    [InlineData("password authentication failed for user 'app'")]
    [InlineData("The requested endpoint could not be found, or you don't have access to it.")]
    [InlineData("(ENOTFOUND) tenant/user postgres.abc not found")]
    [InlineData("(EBANNED) too many failed attempts")]
    [InlineData("(EADDRNOTALLOWED) address not in tenant allow_list")]
    [InlineData("(ESSLREQUIRED) SSL connection is required")]
    [InlineData("(EWRONGPASSWORD) wrong password")]
    [InlineData("(ECIRCUITBREAKER) circuit breaker open, try again in 120 seconds")]
    [InlineData("some internal error")]
    public void Never_retries_what_a_vendor_refuses_for_good(string message)
    {
        var answer = Answer("XX000", message, "FATAL");

        Assert.False(TransientErrors.MayRetryOpen(answer));
        Assert.False(TransientErrors.MayRetryRead(answer));
        Assert.False(TransientErrors.MayRetryWrite(answer));
    }

    [Theory]
    [InlineData("no more connections allowed (max_client_conn)")]
    [InlineData("query_wait_timeout")]
    [InlineData("server login has been failing, try again later (server_login_retry)")]
    public void Retries_what_PgBouncer_turned_away(string message) => Assert.True(TransientErrors.MayRetryWrite(Answer("08P01", message, "FATAL")));

    [Fact]
    public void Retries_reads_after_a_broken_connection_and_leaves_writes_in_doubt()
    {
        foreach (var cause in (Exception[])[new IOException("gone"), new EndOfStreamException(), new SocketException((int)SocketError.ConnectionReset)])
        {
            Assert.True(TransientErrors.MayRetryOpen(Broken(cause)));
            Assert.True(TransientErrors.MayRetryRead(Broken(cause)));
            Assert.False(TransientErrors.MayRetryWrite(Broken(cause)));
            Assert.True(TransientErrors.OutcomeUnknown(Broken(cause)));
            Assert.True(TransientErrors.IsConnectionBroken(Broken(cause)));
        }
    }

    [Fact]
    public void Retries_no_statement_that_ran_into_the_command_timeout()
    {
        var timeout = Broken(new TimeoutException());

        Assert.False(TransientErrors.MayRetryRead(timeout));
        Assert.False(TransientErrors.MayRetryWrite(timeout));
        Assert.True(TransientErrors.OutcomeUnknown(timeout));
        Assert.True(TransientErrors.MayRetryOpen(timeout));
    }

    [Fact]
    public void Waits_no_second_time_for_an_exhausted_pool()
    {
        var exhausted = new NpgsqlException("The connection pool has been exhausted, either raise 'Max Pool Size' (currently 20) …", new TimeoutException());

        Assert.True(TransientErrors.IsPoolExhausted(exhausted));
        Assert.False(TransientErrors.MayRetryOpen(exhausted));
        Assert.False(TransientErrors.OutcomeUnknown(exhausted));
    }

    [Fact]
    public void Tries_no_second_time_with_an_unknown_host_or_a_refused_certificate()
    {
        Assert.False(TransientErrors.MayRetryOpen(Broken(new SocketException((int)SocketError.HostNotFound))));
        Assert.False(TransientErrors.MayRetryOpen(Broken(new AuthenticationException())));
        Assert.True(TransientErrors.MayRetryOpen(Broken(new SocketException((int)SocketError.ConnectionRefused))));
        Assert.True(TransientErrors.MayRetryOpen(Broken(new SocketException((int)SocketError.TryAgain))));
    }

    [Fact]
    public void Retries_a_stale_plan_and_no_other_missing_feature()
    {
        Assert.True(TransientErrors.MayRetryRead(Answer("0A000", "cached plan must not change result type")));
        Assert.True(TransientErrors.MayRetryWrite(Answer("0A000", "cached plan must not change result type")));
        Assert.False(TransientErrors.MayRetryRead(Answer("0A000", "cannot alter type of a column used by a view")));
    }

    [Fact]
    public void Leaves_exceptions_of_others_alone()
    {
        Assert.False(TransientErrors.MayRetryRead(new InvalidOperationException()));
        Assert.False(TransientErrors.MayRetryRead(new OperationCanceledException()));
        Assert.False(TransientErrors.MayRetryWrite(new DatabaseUnavailableException("text")));
    }
}
