//! Environment account connections: one account offers itself, another accepts or rejects the offer.

#[cfg(test)]
mod tests;

use super::{narrow, once, required, tags};
use crate::fault::Fault;
use crate::records::{ConnectionRecord, ENVIRONMENT_ACCOUNT, EnvironmentRecord, MANAGEMENT_ACCOUNT};
use crate::store::{Paging, Reader, Writer, fingerprint};
use proton_sdk::operation::accept_environment_account_connection::{
    AcceptEnvironmentAccountConnectionInput, AcceptEnvironmentAccountConnectionOutput,
};
use proton_sdk::operation::create_environment_account_connection::{
    CreateEnvironmentAccountConnectionInput, CreateEnvironmentAccountConnectionOutput,
};
use proton_sdk::operation::delete_environment_account_connection::{
    DeleteEnvironmentAccountConnectionInput, DeleteEnvironmentAccountConnectionOutput,
};
use proton_sdk::operation::get_environment_account_connection::{
    GetEnvironmentAccountConnectionInput, GetEnvironmentAccountConnectionOutput,
};
use proton_sdk::operation::list_environment_account_connections::{
    ListEnvironmentAccountConnectionsInput, ListEnvironmentAccountConnectionsOutput,
};
use proton_sdk::operation::reject_environment_account_connection::{
    RejectEnvironmentAccountConnectionInput, RejectEnvironmentAccountConnectionOutput,
};
use proton_sdk::operation::update_environment_account_connection::{
    UpdateEnvironmentAccountConnectionInput, UpdateEnvironmentAccountConnectionOutput,
};
use proton_sdk::types::{
    EnvironmentAccountConnection, EnvironmentAccountConnectionRequesterAccountType, EnvironmentAccountConnectionStatus,
};

const CREATE: &str = "CreateEnvironmentAccountConnection";

pub(crate) fn create_environment_account_connection(
    writer: &mut Writer<'_>,
    mut input: CreateEnvironmentAccountConnectionInput,
) -> Result<CreateEnvironmentAccountConnectionOutput, Fault> {
    let token = input.client_token.take();
    let request = fingerprint(&input)?;
    let account = writer.caller().clone();
    let home = ConnectionRecord::home(&account);
    // Tokens are an account's own; the connection is both accounts'.
    let scope = format!("{CREATE}/{}", account.account);
    let record = once(&mut writer.as_account(&home), &scope, token.as_deref(), &request, |home| {
        let limit = home.settings().quotas.connections_per_environment_account;
        if home.count_by::<ConnectionRecord>(ENVIRONMENT_ACCOUNT, &account.account)? >= limit {
            return Err(Fault::quota("environment account connections in this account", limit));
        }
        let (id, now) = (home.new_id(), home.now());
        let connection = EnvironmentAccountConnection::builder()
            .arn(account.arn(&resource(&id)))
            .id(&id)
            .environment_account_id(&account.account)
            .management_account_id(input.management_account_id.unwrap_or_default())
            .environment_name(input.environment_name.unwrap_or_default())
            // The answer must have one, the request need not.
            .role_arn(input.role_arn.unwrap_or_default())
            .set_codebuild_role_arn(input.codebuild_role_arn)
            .set_component_role_arn(input.component_role_arn)
            .status(EnvironmentAccountConnectionStatus::Pending)
            .requested_at(now)
            .last_modified_at(now)
            .build()?;
        tags::create(&mut home.as_account(&account), &connection.arn, input.tags, &[])?;
        let record = ConnectionRecord { connection };
        home.put(&record)?;
        Ok(record)
    })?;
    let connection = record.connection;
    Ok(CreateEnvironmentAccountConnectionOutput::builder().environment_account_connection(connection).build())
}

pub(crate) fn get_environment_account_connection(
    reader: &Reader<'_>,
    input: GetEnvironmentAccountConnectionInput,
) -> Result<GetEnvironmentAccountConnectionOutput, Fault> {
    let connection = find(reader, &required(input.id, "id")?)?.connection;
    Ok(GetEnvironmentAccountConnectionOutput::builder().environment_account_connection(connection).build())
}

pub(crate) fn list_environment_account_connections(
    reader: &Reader<'_>,
    input: ListEnvironmentAccountConnectionsInput,
) -> Result<ListEnvironmentAccountConnectionsOutput, Fault> {
    let index = match input.requested_by {
        Some(EnvironmentAccountConnectionRequesterAccountType::ManagementAccount) => MANAGEMENT_ACCOUNT,
        _ => ENVIRONMENT_ACCOUNT,
    };
    let scope = format!("ListEnvironmentAccountConnections {index} {:?} {:?}", input.environment_name, input.statuses);
    let account = reader.caller();
    let home = ConnectionRecord::home(account);
    let home = reader.as_account(&home);
    let paging = Paging::new(&home, scope, input.next_token.as_deref(), input.max_results)?;
    let page = home.page_by(index, &account.account, &paging, |record: &ConnectionRecord| {
        let EnvironmentAccountConnection { environment_name, status, .. } = &record.connection;
        input.environment_name.as_ref().is_none_or(|name| name == environment_name)
            && input.statuses.as_ref().is_none_or(|wanted| wanted.is_empty() || wanted.contains(status))
    })?;
    let connections = page.items.iter().map(|record| narrow(&record.connection)).collect::<Result<_, _>>()?;
    Ok(ListEnvironmentAccountConnectionsOutput::builder()
        .set_environment_account_connections(Some(connections))
        .set_next_token(page.next)
        .build()?)
}

pub(crate) fn update_environment_account_connection(
    writer: &mut Writer<'_>,
    input: UpdateEnvironmentAccountConnectionInput,
) -> Result<UpdateEnvironmentAccountConnectionOutput, Fault> {
    let mut record = find(writer, &required(input.id, "id")?)?;
    check_side(writer, &record, ENVIRONMENT_ACCOUNT)?;
    let connection = &mut record.connection;
    if let Some(role) = input.role_arn {
        connection.role_arn = role;
    }
    if input.codebuild_role_arn.is_some() {
        connection.codebuild_role_arn = input.codebuild_role_arn;
    }
    if input.component_role_arn.is_some() {
        connection.component_role_arn = input.component_role_arn;
    }
    let connection = store(writer, record)?;
    Ok(UpdateEnvironmentAccountConnectionOutput::builder().environment_account_connection(connection).build())
}

pub(crate) fn accept_environment_account_connection(
    writer: &mut Writer<'_>,
    input: AcceptEnvironmentAccountConnectionInput,
) -> Result<AcceptEnvironmentAccountConnectionOutput, Fault> {
    let record = find(writer, &required(input.id, "id")?)?;
    check_side(writer, &record, MANAGEMENT_ACCOUNT)?;
    if record.connection.status == EnvironmentAccountConnectionStatus::Rejected {
        let arn = &record.connection.arn;
        return Err(Fault::conflict(format!("{arn} was rejected and cannot be accepted. Create a new connection.")));
    }
    let connection = settle(writer, record, EnvironmentAccountConnectionStatus::Connected)?;
    Ok(AcceptEnvironmentAccountConnectionOutput::builder().environment_account_connection(connection).build())
}

pub(crate) fn reject_environment_account_connection(
    writer: &mut Writer<'_>,
    input: RejectEnvironmentAccountConnectionInput,
) -> Result<RejectEnvironmentAccountConnectionOutput, Fault> {
    let record = find(writer, &required(input.id, "id")?)?;
    check_side(writer, &record, MANAGEMENT_ACCOUNT)?;
    let users: Vec<EnvironmentRecord> = writer.all_by("connection", &record.connection.id)?;
    if let Some(user) = users.first() {
        let (arn, environment) = (&record.connection.arn, &user.environment.name);
        return Err(Fault::conflict(format!("{arn} is in use by environment {environment}. Delete that first.")));
    }
    let connection = settle(writer, record, EnvironmentAccountConnectionStatus::Rejected)?;
    Ok(RejectEnvironmentAccountConnectionOutput::builder().environment_account_connection(connection).build())
}

pub(crate) fn delete_environment_account_connection(
    writer: &mut Writer<'_>,
    input: DeleteEnvironmentAccountConnectionInput,
) -> Result<DeleteEnvironmentAccountConnectionOutput, Fault> {
    let output = DeleteEnvironmentAccountConnectionOutput::builder();
    let home = ConnectionRecord::home(writer.caller());
    let id = required(input.id, "id")?;
    let found = writer.as_account(&home).get::<ConnectionRecord>(&id)?;
    let Some(record) = found.filter(|record| is_party(writer, record)) else { return Ok(output.build()) };
    check_side(writer, &record, ENVIRONMENT_ACCOUNT)?;
    let connection = record.connection;
    writer.as_account(&home).delete::<ConnectionRecord>(&connection.id)?;
    tags::forget(writer, &connection.arn)?;
    Ok(output.environment_account_connection(connection).build())
}

/// A connection that an environment of this account may use.
pub(crate) fn find(reader: &Reader<'_>, id: &str) -> Result<ConnectionRecord, Fault> {
    let home = ConnectionRecord::home(reader.caller());
    let found = reader.as_account(&home).get::<ConnectionRecord>(id)?;
    let found = found.filter(|record| is_party(reader, record));
    found.ok_or_else(|| Fault::not_found("environment account connection", &reader.arn(&resource(id))))
}

fn resource(id: &str) -> String {
    format!("environment-account-connection/{id}")
}

fn is_party(reader: &Reader<'_>, record: &ConnectionRecord) -> bool {
    let EnvironmentAccountConnection { environment_account_id, management_account_id, .. } = &record.connection;
    [environment_account_id, management_account_id].contains(&&reader.caller().account)
}

fn check_side(reader: &Reader<'_>, record: &ConnectionRecord, side: &str) -> Result<(), Fault> {
    let connection = &record.connection;
    let allowed = if side == ENVIRONMENT_ACCOUNT {
        &connection.environment_account_id
    } else {
        &connection.management_account_id
    };
    if *allowed == reader.caller().account {
        return Ok(());
    }
    Err(Fault::Denied(format!("Only the {side} {allowed} of {} may do this.", connection.arn)))
}

/// Brings a connection to a status; one that has it stays as it is.
fn settle(
    writer: &mut Writer<'_>,
    mut record: ConnectionRecord,
    status: EnvironmentAccountConnectionStatus,
) -> Result<EnvironmentAccountConnection, Fault> {
    if record.connection.status == status {
        return Ok(record.connection);
    }
    record.connection.status = status;
    store(writer, record)
}

fn store(writer: &mut Writer<'_>, mut record: ConnectionRecord) -> Result<EnvironmentAccountConnection, Fault> {
    record.connection.last_modified_at = writer.now();
    let home = ConnectionRecord::home(writer.caller());
    writer.as_account(&home).put(&record)?;
    Ok(record.connection)
}
